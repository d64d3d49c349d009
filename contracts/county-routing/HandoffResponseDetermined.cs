namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>The responding county has determined how soon it sees the child in person; the latest holds.</summary>
[Message("handoff.response-determined.v1", From = [Services.CountyRouting], FromNodes = true)]
public sealed record HandoffResponseDetermined : IHandoffEvent
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
    /// <summary>Such as <see cref="Codes.ResponseLevels.Immediate"/>, or a level of the county's own.</summary>
    public required string Level { get; init; }
    /// <summary>What the level rests on, by its id in the state's law register; null when the report was evaluated out.</summary>
    public string? Law { get; init; }
    /// <summary>Why; one of <see cref="Codes.ResponseReasons"/>. Never null when the report was evaluated out.</summary>
    [CodeOf(typeof(Codes.ResponseReasons))]
    public string? Reason { get; init; }
    /// <summary>Until when the county is to have seen the child; null when the report was evaluated out.</summary>
    public DateTimeOffset? InPersonBy { get; init; }
    /// <summary>It is later than was determined, or, the first time, than the report asks for.</summary>
    public bool Downgraded { get; init; }
}
