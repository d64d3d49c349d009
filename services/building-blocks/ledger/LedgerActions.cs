namespace SafeHarbor.Ledger;

/// <summary>What stands on the ledger, <c>noun.verb</c>. A code never changes its meaning; docs/ledger.md says what each entry carries.</summary>
public static class LedgerActions
{
    /// <summary>A report's details were read.</summary>
    public const string ReportRead = "report.read";
    /// <summary>Somebody asked for a report that exists and may not read it.</summary>
    public const string ReportRefused = "report.refused";
    /// <summary>The reporting agency looked who has read a report.</summary>
    public const string AccessesRead = "accesses.read";
    /// <summary>An encounter's receipt and timeline were read.</summary>
    public const string EncounterRead = "encounter.read";
    /// <summary>A page of an agency's encounters was read.</summary>
    public const string EncountersListed = "encounters.listed";
    /// <summary>Somebody without a grant opened a report in an emergency.</summary>
    public const string BreakGlassOpened = "break-glass.opened";
    /// <summary>A supervisor's list of emergency accesses was read.</summary>
    public const string BreakGlassListed = "break-glass.listed";
    /// <summary>An emergency access was read.</summary>
    public const string BreakGlassRead = "break-glass.read";
    /// <summary>A supervisor reviewed an emergency access.</summary>
    public const string BreakGlassReviewed = "break-glass.reviewed";
    /// <summary>The system found that somebody reads in a way that is not usual; organization and subject are the reader's.</summary>
    public const string ReadingUnusual = "reading.unusual";
    /// <summary>A finding of unusual reading was read.</summary>
    public const string UnusualReadingRead = "unusual-reading.read";
    /// <summary>The reporting agency recorded its telephone report.</summary>
    public const string TelephoneReportRecorded = "telephone-report.recorded";
    /// <summary>The reporting agency added to a report.</summary>
    public const string ReportSupplemented = "report.supplemented";
    /// <summary>The reporting agency took a report back.</summary>
    public const string ReportRetracted = "report.retracted";
    /// <summary>Somebody said with whom a child is.</summary>
    public const string WhereaboutsTold = "whereabouts.told";
    /// <summary>Somebody looked with whom a child is, and was before.</summary>
    public const string WhereaboutsRead = "whereabouts.read";
    /// <summary>A county said which of its workers has the case.</summary>
    public const string WorkerAssigned = "worker.assigned";
    /// <summary>Somebody looked who has the case.</summary>
    public const string WorkersRead = "workers.read";
    /// <summary>Somebody looked what retention would destroy.</summary>
    public const string RetentionPreviewed = "retention.previewed";
    /// <summary>A court's order to seal a report came in.</summary>
    public const string SealingOrdered = "report.sealing-ordered";
    /// <summary>A report's keys are going to be destroyed.</summary>
    public const string KeyDestructionOrdered = "key.destruction-ordered";
    /// <summary>A report's keys are destroyed.</summary>
    public const string KeyDestroyed = "key.destroyed";
    /// <summary>The proof of a destruction was read.</summary>
    public const string DestructionRead = "destruction.read";
    /// <summary>An organization may read a report from now on.</summary>
    public const string GrantGiven = "grant.given";
    /// <summary>An organization may not read a report any more, before its grant would have expired.</summary>
    public const string GrantEnded = "grant.ended";

    /// <summary>A handoff was read.</summary>
    public const string HandoffRead = "handoff.read";
    /// <summary>A page of handoffs was read.</summary>
    public const string HandoffsListed = "handoffs.listed";
    /// <summary>Somebody at the county has seen the handoff.</summary>
    public const string HandoffAcknowledged = "handoff.acknowledged";
    /// <summary>Somebody at the county took responsibility.</summary>
    public const string HandoffAccepted = "handoff.accepted";
    /// <summary>Somebody at the county referred the report on to another.</summary>
    public const string HandoffReferredOn = "handoff.referred-on";
    /// <summary>The responding county determined how soon it sees the child, or proposed a later response.</summary>
    public const string HandoffResponseDetermined = "handoff.response-determined";
    /// <summary>The responding county recorded that it has seen the child.</summary>
    public const string HandoffRespondedInPerson = "handoff.responded-in-person";
    /// <summary>The responding county closed a report.</summary>
    public const string HandoffClosed = "handoff.closed";
    /// <summary>A county that has the case goes on reading the report, or lets the provider go on.</summary>
    public const string AccessRenewed = "access.renewed";
    /// <summary>A county lets a provider read no longer.</summary>
    public const string AccessEnded = "access.ended";
    /// <summary>A drill of a county was started.</summary>
    public const string DrillStarted = "drill.started";
    /// <summary>The decisions about who gets an encounter's reports were read.</summary>
    public const string JurisdictionRead = "jurisdiction.read";
    /// <summary>An item of the desk was read.</summary>
    public const string DeskItemRead = "desk-item.read";
    /// <summary>The desk's list was read.</summary>
    public const string DeskListed = "desk.listed";
    /// <summary>The desk decided on a county.</summary>
    public const string DeskAssigned = "desk.assigned";
    /// <summary>Handoffs of an organization were let go of, to whoever keeps them from then on.</summary>
    public const string KeepingLetGo = "keeping.let-go";
    /// <summary>Handoffs of an organization were taken up from whoever kept them before.</summary>
    public const string KeepingTakenUp = "keeping.taken-up";
    /// <summary>A node was read.</summary>
    public const string NodeRead = "node.read";
    /// <summary>The list of the counties' nodes was read.</summary>
    public const string NodesListed = "nodes.listed";
    /// <summary>A county's protocol pack, or a provider's document, was added, changed or removed.</summary>
    public const string DirectoryChanged = "directory.changed";

    /// <summary>An offer was read: tier T0.</summary>
    public const string OfferRead = "offer.read";
    /// <summary>A page of offers was read.</summary>
    public const string OffersListed = "offers.listed";
    /// <summary>A provider took the need.</summary>
    public const string OfferAccepted = "offer.accepted";
    /// <summary>A provider did not take the need.</summary>
    public const string OfferDeclined = "offer.declined";
    /// <summary>A need was read.</summary>
    public const string NeedRead = "need.read";
    /// <summary>A page of needs was read.</summary>
    public const string NeedsListed = "needs.listed";
    /// <summary>A county had everybody asked about a need again.</summary>
    public const string NeedAskedAgain = "need.asked-again";
    /// <summary>A provider said that it had first contact.</summary>
    public const string NeedEngaged = "need.engaged";
    /// <summary>A provider said that it met the need.</summary>
    public const string NeedCompleted = "need.completed";
    /// <summary>Free places were reported.</summary>
    public const string CapacityReported = "capacity.reported";

    /// <summary>An endpoint was registered.</summary>
    public const string EndpointRegistered = "endpoint.registered";
    /// <summary>An endpoint's address or state was changed.</summary>
    public const string EndpointChanged = "endpoint.changed";
    /// <summary>An endpoint has repeated a challenge: notices are sent there from now on.</summary>
    public const string EndpointConfirmed = "endpoint.confirmed";
    /// <summary>An endpoint was deleted.</summary>
    public const string EndpointDeleted = "endpoint.deleted";
    /// <summary>An endpoint got a new secret.</summary>
    public const string EndpointSecretRotated = "endpoint.secret-rotated";
    /// <summary>What an endpoint had missed was sent again.</summary>
    public const string EndpointRecovered = "endpoint.recovered";
    /// <summary>A notice was sent again.</summary>
    public const string NoticeResent = "notice.resent";

    /// <summary>The list of parked messages was read.</summary>
    public const string ParkedListed = "parked.listed";
    /// <summary>A parked message was looked at.</summary>
    public const string ParkedRead = "parked.read";
    /// <summary>A parked message was sent again.</summary>
    public const string ParkedRedriven = "parked.redriven";
    /// <summary>A parked message was given up.</summary>
    public const string ParkedDiscarded = "parked.discarded";

    /// <summary>An operator verified the ledger.</summary>
    public const string LedgerVerified = "ledger.verified";
}
