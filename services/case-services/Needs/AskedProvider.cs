using SafeHarbor.CaseServices.Providers;

namespace SafeHarbor.CaseServices.Needs;

/// <summary>A provider that was asked for a need.</summary>
/// <param name="Provider">Its slug.</param>
/// <param name="At">When it was asked last.</param>
/// <param name="Declined">Why it declined, as a code; null when it has not.</param>
public sealed record AskedProvider(string Provider, DateTimeOffset At, string? Declined = null)
{
    /// <summary>It must not have the child, whatever changes.</summary>
    public bool IsBarred => Declined == DeclineReasons.SafetyConflict;

    /// <summary>It is not asked again, as far as the directory tells: nothing that it, or its county, says of it has changed since.</summary>
    public bool IsUnchanged(ListedProvider? listed) => IsBarred || listed is null || listed.ChangedAt <= At;
}
