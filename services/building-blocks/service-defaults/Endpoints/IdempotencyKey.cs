namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>The header with which a POST may be sent again.</summary>
public static class IdempotencyKey
{
    /// <summary>Its name.</summary>
    public const string Header = "Idempotency-Key";

    /// <summary>How many characters a key has at most.</summary>
    public const int Longest = 255;
}
