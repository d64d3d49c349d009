namespace SafeHarbor.Contracts.Codes;

/// <summary>Why an offer was taken back.</summary>
public static class WithdrawalReasons
{
    /// <summary>Its notice could not be delivered: waiting for the answer would have been waiting for nothing.</summary>
    public const string Undeliverable = "UNDELIVERABLE";
    /// <summary>Another provider, asked earlier, took the need.</summary>
    public const string Filled = "FILLED";
}
