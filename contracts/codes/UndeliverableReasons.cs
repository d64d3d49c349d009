namespace SafeHarbor.Contracts.Codes;

/// <summary>Why a notice, or its delivery to one endpoint, was given up.</summary>
public static class UndeliverableReasons
{
    /// <summary>The organization has no enabled endpoint, and has not read its feed lately.</summary>
    public const string NoEndpoint = "NO_ENDPOINT";
    /// <summary>No attempt succeeded until the end of the schedule.</summary>
    public const string AttemptsExhausted = "ATTEMPTS_EXHAUSTED";
    /// <summary>The endpoint answered 410, and gets nothing more.</summary>
    public const string Gone = "GONE";
    /// <summary>The organization has no enabled endpoint, and has stopped reading its feed.</summary>
    public const string FeedSilent = "FEED_SILENT";
}
