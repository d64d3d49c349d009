namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Whom a report was referred on to has accepted it: who referred it on responds no longer. Published by whoever keeps the handoff that was accepted, to
/// whoever keeps the one that ends.</summary>
[Message("handoff.taken-over.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Handoff])]
public sealed record HandoffTakenOver : IHandoffEvent, IAddressed
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
    /// <summary>Who has accepted, such as <c>county:06059</c>.</summary>
    public required Organization By { get; init; }
    /// <summary>When it had been referred on to there: who has referred it on again since is not relieved by this.</summary>
    public required DateTimeOffset ReferredAt { get; init; }
    /// <summary>The handoff that was accepted.</summary>
    public required Guid ByHandoffId { get; init; }

    string? IAddressed.Key => Organization.Text;
}
