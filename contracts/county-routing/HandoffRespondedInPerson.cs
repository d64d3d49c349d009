namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>The responding county has seen the child, or was where it was to be.</summary>
[Message("handoff.responded-in-person.v1", From = [Services.CountyRouting], FromNodes = true)]
public sealed record HandoffRespondedInPerson : IHandoffEvent
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
    /// <summary>Always <see cref="Codes.Role.Responder"/>.</summary>
    public Codes.Role Role { get; init; } = Codes.Role.Responder;
    /// <summary>When that was, as the county says.</summary>
    public required DateTimeOffset InPersonAt { get; init; }
}
