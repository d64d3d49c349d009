using SafeHarbor.CaseServices.Needs;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Messaging;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>The notices that a need asks for. Their ids follow from what they are about, so that an outcome can be told apart from a stale one.</summary>
internal static class Notices
{
    public static Guid OfOffer(Guid? offer) => offer is { } id ? DeterministicId.Of(id, "notice") : Guid.Empty;

    public static string County(Need need) => $"county:{need.CountyFips}";

    public static NoticeRequested OfferMade(Need need, DateTimeOffset now) =>
        About(need, OfOffer(need.OfferId), $"provider:{need.OfferedTo}", "offer.made.v1", need.OfferId!.Value, now) with { DueAt = need.OfferExpiresAt };

    public static NoticeRequested UnfilledToCounty(Need need, DateTimeOffset now) =>
        About(need, AfterReminder(need, "unfilled"), County(need), "need.unfilled.v1", need.CorrelationId, now) with { ReportId = need.ReportId };

    public static NoticeRequested UnfilledToState(Need need, Guid lostNotice, DateTimeOffset now) =>
        About(need, DeterministicId.Of(lostNotice, "to the state"), "state:ca", "need.unfilled.v1", need.CorrelationId, now) with { ReportId = need.ReportId };

    public static NoticeRequested Unengaged(Need need, DateTimeOffset now) =>
        About(need, AfterReminder(need, "unengaged"), County(need), "need.unengaged.v1", need.CorrelationId, now) with { ReportId = need.ReportId, DueAt = now };

    // The reminder that has fired, or none at first, tells one notice to the county from the next.
    private static Guid AfterReminder(Need need, string what) => DeterministicId.Of(need.Reminder ?? need.CorrelationId, $"{what} notice to the county");

    private static NoticeRequested About(Need need, Guid notice, string organization, string type, Guid subject, DateTimeOffset now) => new()
    {
        EncounterId = need.EncounterId,
        NoticeId = notice,
        RequestedBy = need.CorrelationId,
        Organization = organization,
        Type = type,
        Source = "case-services",
        Subject = subject,
        Urgency = need.Urgency,
        At = now,
    };
}
