using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.Contracts;

/// <summary>
/// Who subscribes to what. Whichever service is migrated first makes every queue and binding listed here, and none publishes before they are there,
/// so that nothing is ever published to nowhere, not even on a broker where the subscriber has never run.
/// </summary>
public static class Subscriptions
{
    /// <summary>Every queue of the system.</summary>
    public static readonly IReadOnlyList<Subscription> All =
    [
        new("intake", "intake-timeline",
        [
            typeof(EncounterReported), typeof(TelephoneReportRecorded), typeof(ReportClockOverdue),
            typeof(EmergencyAccessOpened), typeof(EmergencyAccessReviewed), typeof(ReportDestroyed),
            typeof(HandoffOpened), typeof(HandoffAcknowledged), typeof(HandoffAccepted), typeof(HandoffEscalated),
            typeof(JurisdictionUndetermined), typeof(JurisdictionAssigned), typeof(DisclosureGranted), typeof(UnusualReading),
            typeof(NoticeDelivered), typeof(NoticeFailing), typeof(NoticeUndeliverable),
            typeof(NeedOpened), typeof(OfferMade), typeof(OfferAccepted), typeof(OfferDeclined), typeof(OfferExpired),
            typeof(NeedEngaged), typeof(NeedCompleted), typeof(NeedUnfilled), typeof(MessageParked),
        ]),
        new("intake", "intake-disclosure", [typeof(DisclosureGranted)]),
        new("intake", "intake-clock", []),
        new("intake", "intake-emergency-access", []),
        new("county-routing", "county-routing-jurisdiction", [typeof(EncounterReported)]),
        new("county-routing", "county-routing-handoff", [typeof(HandoffOpened), typeof(NoticeDelivered), typeof(NoticeUndeliverable)]),
        new("county-routing", "county-routing-desk", [typeof(JurisdictionUndetermined)]),
        new("notification", "notification-notice", [typeof(NoticeRequested)]),
        new("case-services", "case-services-referral", [typeof(HandoffOpened), typeof(HandoffAccepted)]),
        new("case-services", "case-services-need", [typeof(NeedOpened), typeof(NoticeUndeliverable)]),
    ];
}
