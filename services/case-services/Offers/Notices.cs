using SafeHarbor.CaseServices.Needs;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Messaging;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>The notices that a need asks for. Their ids follow from what they are about, so that an outcome can be told apart from a stale one.</summary>
internal static class Notices
{
    public static Guid OfOffer(Guid? offer) => offer is { } id ? DeterministicId.Of(id, "notice") : Guid.Empty;

    public static Guid OfCounty(Guid need) => DeterministicId.Of(need, "unfilled notice to the county");

    public static NoticeRequested OfferMade(Need need, DateTimeOffset now) =>
        About(need, OfOffer(need.OfferId), $"provider:{need.OfferedTo}", "offer.made.v1", need.OfferId!.Value, now) with { DueAt = need.OfferExpiresAt };

    public static NoticeRequested UnfilledToCounty(Need need, DateTimeOffset now) =>
        About(need, OfCounty(need.CorrelationId), $"county:{need.CountyFips}", "need.unfilled.v1", need.CorrelationId, now) with { ReportId = need.ReportId };

    public static NoticeRequested UnfilledToState(Need need, DateTimeOffset now) =>
        About(need, DeterministicId.Of(need.CorrelationId, "unfilled notice to the state"), "state:ca", "need.unfilled.v1", need.CorrelationId, now) with { ReportId = need.ReportId };

    private static NoticeRequested About(Need need, Guid notice, string organisation, string type, Guid subject, DateTimeOffset now) => new()
    {
        EncounterId = need.EncounterId,
        NoticeId = notice,
        RequestedBy = need.CorrelationId,
        Organisation = organisation,
        Type = type,
        Source = "case-services",
        Subject = subject,
        Urgency = need.Urgency,
        At = now,
    };
}
