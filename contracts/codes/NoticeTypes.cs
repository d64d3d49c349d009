namespace SafeHarbor.Contracts.Codes;

/// <summary>
/// What an organization may be told: the types of notices, without the prefix that their CloudEvents have. Who gets which, and what it does next, stands in
/// <c>docs/integrate</c>. There will be more: whoever receives notices ignores a type that it does not know.
/// </summary>
public static class NoticeTypes
{
    /// <summary>A report is a county's to act on, or to know of.</summary>
    public const string HandoffOpened = "handoff.opened.v1";
    /// <summary>A county is only likely to be the right one.</summary>
    public const string HandoffGuessed = "handoff.guessed.v1";
    /// <summary>The desk has decided that a county responds.</summary>
    public const string HandoffConfirmed = "handoff.confirmed.v1";
    /// <summary>Another county responds; the one that is told still has a part in it.</summary>
    public const string HandoffRoleChanged = "handoff.role-changed.v1";
    /// <summary>The desk gave the report to another county, before the one that is told had accepted.</summary>
    public const string HandoffWithdrawn = "handoff.withdrawn.v1";
    /// <summary>Another county has referred a report on to the one that is told.</summary>
    public const string HandoffReferredOn = "handoff.referred-on.v1";
    /// <summary>Whom the one that is told has referred a report on to has accepted it.</summary>
    public const string HandoffTakenOver = "handoff.taken-over.v1";
    /// <summary>Nobody has acknowledged, or accepted, in time: a rung of the ladder is told.</summary>
    public const string HandoffEscalated = "handoff.escalated.v1";
    /// <summary>The county that responds to a child does so later than it had determined, or than the report asks for: the one where the child lives is told.</summary>
    public const string HandoffDowngraded = "handoff.downgraded.v1";
    /// <summary>Somebody at the county wants it to respond later, and its pack asks for a second person.</summary>
    public const string HandoffDowngradeProposed = "handoff.downgrade-proposed.v1";
    /// <summary>The reporting agency has added to a report that the one that is told has.</summary>
    public const string HandoffSupplemented = "handoff.supplemented.v1";
    /// <summary>The reporting agency has taken a report back that the one that is told has.</summary>
    public const string HandoffRetracted = "handoff.retracted.v1";
    /// <summary>A person must decide where a report belongs.</summary>
    public const string JurisdictionUndetermined = "jurisdiction.undetermined.v1";
    /// <summary>A county's node is not heard any more: nobody is told what comes for it, and none of its timers fires.</summary>
    public const string NodeSilent = "node.silent.v1";
    /// <summary>It is heard again.</summary>
    public const string NodeHeard = "node.heard.v1";
    /// <summary>Nobody at a county has accepted a drill in time: the county and the state are told.</summary>
    public const string DrillUnanswered = "drill.unanswered.v1";
    /// <summary>Nobody is left to ask for a need.</summary>
    public const string NeedUnfilled = "need.unfilled.v1";
    /// <summary>The provider that accepted has had no first contact in time.</summary>
    public const string NeedUnengaged = "need.unengaged.v1";
    /// <summary>A provider is asked for a need.</summary>
    public const string OfferMade = "offer.made.v1";
    /// <summary>Another provider has taken the need that one is asked for.</summary>
    public const string OfferWithdrawn = "offer.withdrawn.v1";
    /// <summary>The reporting agency has added something that whoever meets the child must know; the provider that has accepted is told.</summary>
    public const string OfferSupplemented = "offer.supplemented.v1";
    /// <summary>The reporting agency has taken the report back; the provider that is asked, or has accepted, is told.</summary>
    public const string OfferRetracted = "offer.retracted.v1";
    /// <summary>A child has gone, and nobody has it.</summary>
    public const string WhereaboutsLeft = "whereabouts.left.v1";
    /// <summary>Somebody opened a report without a grant.</summary>
    public const string EmergencyAccessOpened = "emergency-access.opened.v1";
    /// <summary>That still waits for its review.</summary>
    public const string EmergencyAccessUnreviewed = "emergency-access.unreviewed.v1";
    /// <summary>Somebody read unusually much, far or by night.</summary>
    public const string UnusualReading = "disclosure.unusual-reading.v1";
    /// <summary>An endpoint's owner tests it.</summary>
    public const string EndpointTested = "endpoint.tested.v1";

    /// <summary>Every type.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(NoticeTypes));
}
