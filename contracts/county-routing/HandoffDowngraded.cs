namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>To the county where the child lives: the county that responds does so later than it had determined, or than the report asks for. Published by whoever keeps that
/// county's handoff.</summary>
[Message("handoff.downgraded.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Handoff])]
public sealed record HandoffDowngraded : IHandoffEvent, IAddressed
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
    /// <summary>Always <see cref="Codes.Role.Residence"/>.</summary>
    public Codes.Role Role { get; init; } = Codes.Role.Residence;
    /// <summary>Who responds, such as <c>county:06037</c>.</summary>
    public required Organization By { get; init; }
    /// <summary>Such as <see cref="Codes.ResponseLevels.TenDays"/>, or a level of that county's own.</summary>
    public required string Level { get; init; }

    string? IAddressed.Key => Organization.Text;
}
