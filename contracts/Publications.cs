using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.Contracts;

/// <summary>Who publishes what. The broker refuses a service every other message (<see cref="BrokerRights"/>).</summary>
public static class Publications
{
    /// <summary>The message types that each service publishes, by the service's name.</summary>
    public static readonly IReadOnlyDictionary<string, IReadOnlyList<Type>> ByService = new Dictionary<string, IReadOnlyList<Type>>
    {
        ["intake"] =
        [
            typeof(EncounterReported), typeof(TelephoneReportRecorded), typeof(ReportClockOverdue), typeof(EmergencyAccessOpened), typeof(EmergencyAccessReviewed), typeof(ReportDestroyed),
            typeof(UnusualReading), typeof(NoticeRequested), typeof(MessageParked),
        ],
        ["county-routing"] =
        [
            typeof(HandoffOpened), typeof(HandoffAcknowledged), typeof(HandoffAccepted), typeof(HandoffEscalated),
            typeof(JurisdictionUndetermined), typeof(JurisdictionAssigned), typeof(DisclosureGranted), typeof(NoticeRequested), typeof(MessageParked),
        ],
        ["notification"] = [typeof(NoticeDelivered), typeof(NoticeFailing), typeof(NoticeUndeliverable), typeof(MessageParked)],
        ["case-services"] =
        [
            typeof(NeedOpened), typeof(OfferMade), typeof(OfferAccepted), typeof(OfferDeclined), typeof(OfferExpired),
            typeof(NeedEngaged), typeof(NeedCompleted), typeof(NeedUnfilled), typeof(DisclosureGranted), typeof(NoticeRequested), typeof(MessageParked),
        ],
    };
}
