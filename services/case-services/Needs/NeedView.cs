namespace SafeHarbor.CaseServices.Needs;

/// <summary>A need of a child. Whom else was asked is the county's business only.</summary>
/// <param name="NeedId">The need.</param>
/// <param name="ReportId">The report of the child.</param>
/// <param name="Type">What is needed.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Responder">The responding county, such as <c>county:06037</c>.</param>
/// <param name="Emergency">Offered at once, without waiting for the county's acceptance.</param>
/// <param name="Urgency">How fast somebody must act.</param>
/// <param name="AcceptedBy">Slug of the provider that has accepted; null until then.</param>
/// <param name="DueAt">When what is waited for is due: the answer to the offer, or first contact; since when nobody is left to ask; null when nothing is due.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="ChangedAt">When its state last changed.</param>
/// <param name="ReadsUntil">Until when the provider that accepted may read the report; null when it may not.</param>
/// <param name="RetractedAt">When the agency took the report back; null while it has not. What becomes of the need, the county decides.</param>
/// <param name="Asked">Slugs of the providers that were asked, in that order; null for all but the county.</param>
/// <param name="Offer">The offer that waits for an answer; null when there is none, and for all but the county.</param>
public sealed record NeedView(Guid NeedId, Guid ReportId, [CodeOf(typeof(NeedTypes))] string Type, [StateOf(typeof(NeedMachine))] string State,
    Organization Responder, bool Emergency, [CodeOf(typeof(Urgencies))] string Urgency, string? AcceptedBy,
    DateTimeOffset? DueAt, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt, DateTimeOffset? ReadsUntil, DateTimeOffset? RetractedAt, IReadOnlyList<string>? Asked, NeedView.CurrentOffer? Offer)
{
    /// <summary>The offer that waits for an answer.</summary>
    /// <param name="OfferId">The offer.</param>
    /// <param name="Provider">Slug of the provider that was asked.</param>
    /// <param name="ExpiresAt">Until when it may answer.</param>
    public sealed record CurrentOffer(Guid OfferId, string Provider, DateTimeOffset ExpiresAt);

    /// <summary>The states over HTTP and their names in the saga.</summary>
    internal static readonly IReadOnlyDictionary<string, string> States = new[]
    {
        nameof(NeedMachine.WaitingForCounty), nameof(NeedMachine.Offered), nameof(NeedMachine.Accepted), nameof(NeedMachine.Engaged),
        nameof(NeedMachine.Completed), nameof(NeedMachine.Unfilled),
    }.ToDictionary(StateWord.Of);

    internal static NeedView Of(Need need, Organization reader)
    {
        var forCounty = reader.Kind == Organization.County;
        var offer = forCounty && need.CurrentState == nameof(NeedMachine.Offered)
            ? new CurrentOffer(need.OfferId!.Value, need.OfferedTo!, need.OfferExpiresAt!.Value)
            : null;
        return new(need.CorrelationId, need.ReportId, need.Type, StateWord.Of(need.CurrentState), need.Responder, need.Emergency, need.Urgency, need.AcceptedBy,
            need.DueAt, need.OpenedAt, need.ChangedAt, need.ReadsUntil, need.RetractedAt, forCounty ? [.. need.Asked.Select(a => a.Provider)] : null, offer);
    }
}
