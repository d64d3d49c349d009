namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>By when the responding county is to have seen the child because the officer has called it, as its pack says; the latest holds. It runs beside what the county determines.</summary>
[Message("handoff.call-counted.v1", From = [Services.CountyRouting], FromNodes = true)]
public sealed record HandoffCallCounted : IHandoffEvent
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
    /// <summary>When the call was made, as the officer says: the clock runs from then.</summary>
    public required DateTimeOffset CalledAt { get; init; }
    /// <summary>The limit's code in the county's pack, such as <c>ON_SCENE_RESPONSE</c>.</summary>
    public required string Rule { get; init; }
    /// <summary>What the limit is from, by its id in the state's law register.</summary>
    public required string Law { get; init; }
    /// <summary>Until when the county is to have seen the child; null when the call was not to it after all, as a correction says.</summary>
    public DateTimeOffset? InPersonBy { get; init; }
}
