namespace SafeHarbor.Contracts.Codes;

/// <summary>What is waited for in a handoff; each wait climbs a ladder of its own.</summary>
public static class AwaitedActs
{
    /// <summary>To say that somebody has seen it.</summary>
    public const string Acknowledgment = "ACKNOWLEDGMENT";
    /// <summary>To accept it.</summary>
    public const string Acceptance = "ACCEPTANCE";
    /// <summary>That whom it has referred the report on to accepts it.</summary>
    public const string NextAcceptance = "NEXT_ACCEPTANCE";
    /// <summary>To determine how soon it sees the child.</summary>
    public const string ResponseDetermination = "RESPONSE_DETERMINATION";
    /// <summary>To see the child in person, as it has determined.</summary>
    public const string InPersonResponse = "IN_PERSON_RESPONSE";
    /// <summary>To see the child in person, within the time that runs from the officer's call.</summary>
    public const string ResponseToCall = "RESPONSE_TO_CALL";
}
