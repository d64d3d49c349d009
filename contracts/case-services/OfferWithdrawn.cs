namespace SafeHarbor.Contracts.CaseServices;

/// <summary>An offer was taken back before it was answered.</summary>
[Message("offer.withdrawn.v1", From = [Services.CaseServices])]
public sealed record OfferWithdrawn : INeedEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <inheritdoc/>
    public required Guid NeedId { get; init; }
    /// <summary>The offer.</summary>
    public required Guid OfferId { get; init; }
    /// <summary>The provider, by its slug.</summary>
    public required string Provider { get; init; }
    /// <summary>One of <see cref="Codes.WithdrawalReasons"/>.</summary>
    [CodeOf(typeof(Codes.WithdrawalReasons))]
    public required string Reason { get; init; }
}
