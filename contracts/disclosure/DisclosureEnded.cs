namespace SafeHarbor.Contracts.Disclosure;

/// <summary>A grant ends before its time. Published by whoever gave it.</summary>
[Message("disclosure.ended.v1", From = [Services.CountyRouting, Services.CaseServices], FromNodes = true, To = [Queues.Disclosure])]
public sealed record DisclosureEnded : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>When the grant ends.</summary>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>The grant.</summary>
    public required Guid GrantId { get; init; }
    /// <summary>Whose it is.</summary>
    public required Organization Organization { get; init; }
}
