namespace SafeHarbor.Contracts.CaseServices;

/// <summary>The need is met.</summary>
[Message("need.completed.v1", From = [Services.CaseServices])]
public sealed record NeedCompleted : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The report (child) that it is about.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>The need; the id of its saga.</summary>
    public required Guid NeedId { get; init; }
    /// <summary>The provider, by its slug.</summary>
    public required string Provider { get; init; }
}
