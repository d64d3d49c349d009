namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// How long a need may be quiet before its county is reminded of it; configuration section <c>Needs</c>, for example
/// <c>Needs:ContactWithin</c> = <c>12:00:00</c>. All of these times are ours, and no law (<see cref="RuleUses.FirstContact"/>, <see cref="RuleUses.UnfilledNeed"/>).
/// </summary>
public sealed record Reminders
{
    /// <summary>From the acceptance of an emergency need to first contact.</summary>
    public TimeSpan EmergencyContactWithin { get; init; } = TimeSpan.FromHours(2);
    /// <summary>From the acceptance of any other need to first contact.</summary>
    public TimeSpan ContactWithin { get; init; } = TimeSpan.FromHours(24);
    /// <summary>How often the county is told again that a need is unfilled.</summary>
    public TimeSpan UnfilledEvery { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>What is configured; throws <see cref="InvalidOperationException"/> when a time is not longer than zero.</summary>
    public static Reminders From(IConfiguration configuration)
    {
        var reminders = configuration.GetSection("Needs").Get<Reminders>() ?? new();
        return new[] { reminders.EmergencyContactWithin, reminders.ContactWithin, reminders.UnfilledEvery }.All(t => t > TimeSpan.Zero)
            ? reminders
            : throw new InvalidOperationException("Every time in the section 'Needs' must be longer than zero, such as 02:00:00.");
    }

    /// <summary>How long the provider that accepted has for first contact.</summary>
    public TimeSpan ContactFor(Need need) => need.Emergency ? EmergencyContactWithin : ContactWithin;
}
