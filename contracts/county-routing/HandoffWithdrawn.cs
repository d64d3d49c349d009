namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A person has decided that another recipient responds, before this one accepted: it reads the report no longer.</summary>
[Message("handoff.withdrawn.v1", From = [Services.CountyRouting], To = [Queues.Handoff])]
public sealed record HandoffWithdrawn : IHandoffEvent, IAddressed
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
    public required string Organization { get; init; }
    /// <summary>Always <see cref="Codes.Roles.Responder"/>.</summary>
    public string Role { get; init; } = Codes.Roles.Responder;

    string? IAddressed.Key => Organization;
}
