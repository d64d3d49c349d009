namespace SafeHarbor.Intake.Receipts;

/// <summary>How far the handoff of a report to a recipient has come.</summary>
public static class HandoffStates
{
    /// <summary>The recipient is being told.</summary>
    public const string Open = "OPEN";
    /// <summary>A notice was delivered to its systems.</summary>
    public const string Notified = "NOTIFIED";
    /// <summary>A human there has seen it.</summary>
    public const string Acknowledged = "ACKNOWLEDGED";
    /// <summary>The recipient has taken over.</summary>
    public const string Accepted = "ACCEPTED";
    /// <summary>The desk gave the report to another county.</summary>
    public const string Withdrawn = "WITHDRAWN";
    /// <summary>The recipient has referred the report on, and stays responsible until the next has accepted.</summary>
    public const string Referring = "REFERRING";
    /// <summary>The next has accepted; the recipient responds no longer.</summary>
    public const string ReferredOn = "REFERRED_ON";
    /// <summary>The recipient, which responds, has determined how soon it sees the child.</summary>
    public const string ResponseDetermined = "RESPONSE_DETERMINED";
    /// <summary>The recipient has closed the report.</summary>
    public const string Closed = "CLOSED";
}
