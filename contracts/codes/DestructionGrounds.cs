namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a report's keys are destroyed.</summary>
public static class DestructionGrounds
{
    /// <summary>The time for which its details are kept is over.</summary>
    public const string Retention = "RETENTION";
    /// <summary>A court has ordered it to be sealed.</summary>
    public const string CourtOrder = "COURT_ORDER";
}
