namespace SafeHarbor.CaseServices.Needs;

/// <summary>
/// A need over HTTP. Whom else was asked is the county's business only: <c>asked</c> and <c>offer</c> are null for all others. <c>readsUntil</c> is until when the
/// provider that accepted may read the report; null when it may not.
/// </summary>
public sealed record NeedView(Guid NeedId, Guid ReportId, string Type, string State, Organization Responder, bool Emergency, string Urgency, string? AcceptedBy,
    DateTimeOffset OpenedAt, DateTimeOffset ChangedAt, DateTimeOffset? ReadsUntil, IReadOnlyList<string>? Asked, NeedView.CurrentOffer? Offer)
{
    /// <summary>The offer that waits for an answer.</summary>
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
            need.OpenedAt, need.ChangedAt, need.ReadsUntil, forCounty ? [.. need.Asked.Select(a => a.Provider)] : null, offer);
    }
}
