using SafeHarbor.CaseServices.Needs;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>The notices that a need asks for. Their ids follow from what they are about, so that an outcome can be told apart from a stale one.</summary>
internal static class NeedNotices
{
    public static Guid OfOffer(Guid? offer) => offer is { } id ? DeterministicId.Of(id, "notice") : Guid.Empty;

    public static NoticeRequested OfferMade(this NoticeBuilder notices, Need need, DateTimeOffset now) =>
        notices.About(new(SubjectKinds.Offer, need.OfferId!.Value, $"/v1/offers/{need.OfferId}"), need.EncounterId, NoticeTypes.OfferMade, Organization.OfProvider(need.OfferedTo!), need.Urgency, now)
            with
        { NoticeId = OfOffer(need.OfferId), RequestedBy = need.CorrelationId, DueAt = need.OfferExpiresAt };

    /// <summary>A provider that was still thinking about an offer need not any more.</summary>
    public static NoticeRequested OfferFilled(this NoticeBuilder notices, Need need, DateTimeOffset now) =>
        notices.About(new(SubjectKinds.Offer, need.OfferId!.Value, $"/v1/offers/{need.OfferId}"), need.EncounterId, NoticeTypes.OfferWithdrawn, Organization.OfProvider(need.OfferedTo!), need.Urgency, now);

    /// <summary>There is more to read about the child whom the provider has taken.</summary>
    public static NoticeRequested OfferSupplemented(this NoticeBuilder notices, Need need, DateTimeOffset now) =>
        notices.About(new(SubjectKinds.Offer, need.OfferId!.Value, $"/v1/offers/{need.OfferId}"), need.EncounterId, NoticeTypes.OfferSupplemented, Organization.OfProvider(need.AcceptedBy!), need.Urgency, now)
            with
        { ReportId = need.ReportId };

    /// <summary>The agency has taken the report back.</summary>
    public static NoticeRequested OfferRetracted(this NoticeBuilder notices, Need need, DateTimeOffset now) =>
        notices.About(new(SubjectKinds.Offer, need.OfferId!.Value, $"/v1/offers/{need.OfferId}"), need.EncounterId, NoticeTypes.OfferRetracted,
            Organization.OfProvider(need.AcceptedBy ?? need.OfferedTo!), need.Urgency, now);

    public static NoticeRequested UnfilledToCounty(this NoticeBuilder notices, Need need, DateTimeOffset now) =>
        About(notices, need, NoticeTypes.NeedUnfilled, need.Responder, AfterReminder(need, "unfilled"), now);

    /// <summary>What the county could not be told.</summary>
    public static NoticeRequested ToState(this NoticeBuilder notices, Need need, string type, Organization state, Guid lostNotice, DateTimeOffset now) =>
        About(notices, need, type, state, DeterministicId.Of(lostNotice, "to the state"), now);

    public static NoticeRequested Unengaged(this NoticeBuilder notices, Need need, DateTimeOffset now) =>
        About(notices, need, NoticeTypes.NeedUnengaged, need.Responder, AfterReminder(need, "unengaged"), now) with { DueAt = now };

    // The reminder that has fired, or none at first, tells one notice to the county from the next.
    private static Guid AfterReminder(Need need, string what) => DeterministicId.Of(need.Reminder ?? need.CorrelationId, $"{what} notice to the county");

    private static NoticeRequested About(NoticeBuilder notices, Need need, string type, Organization organization, Guid notice, DateTimeOffset now) =>
        notices.About(new(SubjectKinds.Need, need.CorrelationId, $"/v1/needs/{need.CorrelationId}"), need.EncounterId, type, organization, need.Urgency, now)
            with
        { NoticeId = notice, ReportId = need.ReportId };
}
