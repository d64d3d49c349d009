namespace SafeHarbor.Contracts.CaseServices;

/// <summary>No provider is left to ask; the responding county is told and must act.</summary>
[Message("need.unfilled.v1", From = [Services.CaseServices])]
public sealed record NeedUnfilled : INeedEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <inheritdoc/>
    public required Guid NeedId { get; init; }
    /// <summary>Who responds to the report, and is told of the need; such as <c>county:06037</c>.</summary>
    public required Organization Responder { get; init; }
}
