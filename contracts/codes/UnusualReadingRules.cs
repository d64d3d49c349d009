namespace SafeHarbor.Contracts.Codes;

/// <summary>What makes reading unusual.</summary>
public static class UnusualReadingRules
{
    /// <summary>Very many different reports in a short time.</summary>
    public const string Many = "MANY";
    /// <summary>Reports of several counties that the reader has nothing to do with otherwise.</summary>
    public const string Far = "FAR";
    /// <summary>At night, by an organization that does not work then.</summary>
    public const string Night = "NIGHT";
}
