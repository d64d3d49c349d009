namespace SafeHarbor.Contracts.CaseServices;

/// <summary>A provider declined; the next one is asked.</summary>
[Message("offer.declined.v1", From = [Services.CaseServices])]
public sealed record OfferDeclined : INeedEvent
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
    /// <summary>One of <see cref="Codes.DeclineReasons"/>.</summary>
    [CodeOf(typeof(Codes.DeclineReasons))]
    public required string Reason { get; init; }
}
