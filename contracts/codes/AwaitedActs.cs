namespace SafeHarbor.Contracts.Codes;

/// <summary>What a recipient of a handoff is waited for to do; each has a ladder of its own.</summary>
public static class AwaitedActs
{
    /// <summary>To say that somebody has seen it.</summary>
    public const string Acknowledgment = "ACKNOWLEDGMENT";
    /// <summary>To accept it.</summary>
    public const string Acceptance = "ACCEPTANCE";
}
