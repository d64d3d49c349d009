using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>
/// When something that has happened can have been: the one rule for every instant that a body says. Not after now, give or take what clocks differ by, and not so long ago that it
/// cannot be about anybody who is a child. The bounds are ours.
/// </summary>
public static class PlausibleInstant
{
    /// <summary>A child is under 18; two years to spare.</summary>
    public const int Years = 20;

    /// <summary>What clocks differ by.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    /// <summary>Whether it is plausible, said at <paramref name="saidAt"/>.</summary>
    public static bool Is(DateTimeOffset instant, DateTimeOffset saidAt) => instant <= saidAt + ClockSkew && instant >= saidAt.AddYears(-Years);

    /// <summary>The first of these that is plausible; null when none is. Nothing is counted from another.</summary>
    public static DateTimeOffset? FirstOf(DateTimeOffset saidAt, params ReadOnlySpan<DateTimeOffset?> instants)
    {
        foreach (var instant in instants)
        {
            if (instant is { } given && Is(given, saidAt))
                return given;
        }
        return null;
    }

    /// <summary>Adds that an instant is not plausible: for one without which nothing follows. What a report says besides is taken, and marked.</summary>
    public static ValidationErrors AddImplausible(this ValidationErrors errors, string at, DateTimeOffset? instant, DateTimeOffset saidAt) =>
        instant is not { } given || Is(given, saidAt) ? errors
        : given > saidAt ? errors.Add(at, "in-the-future", $"The instant is in the future: {ClockSkew.Minutes} minutes from now is the latest that is taken. Check the sender's clock and the offset from UTC.")
        : errors.Add(at, "out-of-range", $"The instant lies more than {Years} years ago, which is the earliest that is taken. Check the sender's clock.");
}
