namespace SafeHarbor.Contracts.CaseServices;

/// <summary>A provider was offered a need, without identity.</summary>
[Message("offer.made.v1", From = [Services.CaseServices])]
public sealed record OfferMade : INeedEvent
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
    /// <summary>When the offer ends by itself and the next provider is asked.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
