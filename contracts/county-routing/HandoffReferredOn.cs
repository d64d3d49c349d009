namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>The responder has accepted the report, if it had not before, and refers it on to another. It stays responsible until that one has accepted. Published
/// by county-routing; the statewide system opens the other's handoff, or asks the desk when the report was there before.</summary>
[Message("handoff.referred-on.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Jurisdiction])]
public sealed record HandoffReferredOn : IHandoffEvent
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
    /// <summary>Every time the report was referred on, this one last: whom to, and why.</summary>
    public required IReadOnlyList<ReferralHop> Hops { get; init; }
    /// <summary>The role that it has once another has accepted, for example of the child's dependency case; null when it has none.</summary>
    public Codes.Role? RemainsAs { get; init; }
    /// <summary>The rule by which it has that role, for people to read.</summary>
    public string? Rule { get; init; }
    /// <summary>Coded facts of the child and its needs.</summary>
    public required Intake.ReportedChild Child { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
}
