namespace SafeHarbor.Contracts.CaseServices;

/// <summary>A provider accepted a need. Published by case-services; at most one offer of a need is ever accepted.</summary>
[Message("offer.accepted.v1", From = [Services.CaseServices])]
public sealed record OfferAccepted : INeedEvent
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
}
