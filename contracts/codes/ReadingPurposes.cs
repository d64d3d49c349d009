namespace SafeHarbor.Contracts.Codes;

/// <summary>What somebody says that a report is read for. The codes are ours: a purpose is kept on the ledger, where no words may stand that somebody types.</summary>
public static class ReadingPurposes
{
    /// <summary>To decide how soon the child must be seen, or to see it.</summary>
    public const string EmergencyResponse = "EMERGENCY_RESPONSE";
    /// <summary>To look into what was reported.</summary>
    public const string Investigation = "INVESTIGATION";
    /// <summary>To give the child what it needs, or to arrange it.</summary>
    public const string Services = "SERVICES";
    /// <summary>For a court's proceedings about the child.</summary>
    public const string Court = "COURT";
    /// <summary>For proceedings against who exploited the child.</summary>
    public const string Prosecution = "PROSECUTION";
    /// <summary>For the licensing of where the child lives.</summary>
    public const string Licensing = "LICENSING";
    /// <summary>To review how the report was dealt with.</summary>
    public const string Review = "REVIEW";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(ReadingPurposes));
}
