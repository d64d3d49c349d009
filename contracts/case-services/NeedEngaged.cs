namespace SafeHarbor.Contracts.CaseServices;

/// <summary>The provider has had first contact with the child.</summary>
[Message("need.engaged.v1", From = [Services.CaseServices])]
public sealed record NeedEngaged : INeedEvent
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
