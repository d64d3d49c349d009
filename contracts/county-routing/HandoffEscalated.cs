namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Nobody acknowledged, or accepted, in time: one more rung of the recipient's ladder was told.</summary>
[Message("handoff.escalated.v1", From = [Services.CountyRouting], FromNodes = true)]
public sealed record HandoffEscalated : IHandoffEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <inheritdoc/>
    public required Guid HandoffId { get; init; }
    /// <inheritdoc/>
    public required Organization Organization { get; init; }
    /// <inheritdoc/>
    public required Codes.Role Role { get; init; }
    /// <summary>What has not come, one of <see cref="Codes.AwaitedActs"/>.</summary>
    [CodeOf(typeof(Codes.AwaitedActs))]
    public required string Awaited { get; init; }
    /// <summary>Rung of that ladder, from 1.</summary>
    public required int Step { get; init; }
    /// <summary>The organization that was told.</summary>
    public required Organization Notified { get; init; }
    /// <summary>Whom there, one of <see cref="Codes.Duties"/>; null for the organization as such.</summary>
    [CodeOf(typeof(Codes.Duties))]
    public string? Duty { get; init; }
    /// <summary>The number of whoever has that duty, or, for a county as such, its hotline; null when none is known.</summary>
    public string? DutyPhone { get; init; }
    /// <summary>When the next rung is told, unless somebody there has done it before.</summary>
    public DateTimeOffset? NextAt { get; init; }
}
