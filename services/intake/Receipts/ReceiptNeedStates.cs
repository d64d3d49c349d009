namespace SafeHarbor.Intake.Receipts;

/// <summary>How far a need has come, as its receipt shows it.</summary>
public static class ReceiptNeedStates
{
    /// <summary>No provider has been asked yet.</summary>
    public const string Open = "OPEN";
    /// <summary>Providers are being asked.</summary>
    public const string Offered = "OFFERED";
    /// <summary>Nobody was left to ask; the county has been told.</summary>
    public const string Unfilled = "UNFILLED";
    /// <summary>A provider has accepted.</summary>
    public const string Accepted = "ACCEPTED";
    /// <summary>The provider has had first contact with the child.</summary>
    public const string Engaged = "ENGAGED";
    /// <summary>The need is met.</summary>
    public const string Completed = "COMPLETED";
}
