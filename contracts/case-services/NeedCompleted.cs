namespace SafeHarbor.Contracts.CaseServices;

/// <summary>The need is met.</summary>
[Message("need.completed.v1", From = [Services.CaseServices])]
public sealed record NeedCompleted : INeedEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <inheritdoc/>
    public required Guid NeedId { get; init; }
    /// <summary>The provider, by its slug.</summary>
    public required string Provider { get; init; }
}
