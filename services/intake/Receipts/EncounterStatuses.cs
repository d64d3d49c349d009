namespace SafeHarbor.Intake.Receipts;

/// <summary>How far an encounter has come.</summary>
public static class EncounterStatuses
{
    /// <summary>It is stored; which county responds is not known yet, which takes moments.</summary>
    public const string Received = "RECEIVED";
    /// <summary>A person at the statewide desk decides which county responds.</summary>
    public const string AtDesk = "AT_DESK";
    /// <summary>Each report has a responding county.</summary>
    public const string Routed = "ROUTED";
    /// <summary>Each responding county has accepted.</summary>
    public const string Accepted = "ACCEPTED";
    /// <summary>The same, and every need is met.</summary>
    public const string Completed = "COMPLETED";
    /// <summary>Your agency has taken every report back, wherever they were. What follows, each county decides.</summary>
    public const string Retracted = "RETRACTED";
}
