namespace SafeHarbor.Contracts.Intake;

/// <summary>
/// Somebody has said with whom the child is, and nothing newer was known. Published by intake; what is told late, about a time before that, is kept there and not
/// published. Of events about the same report the one with the latest <see cref="Since"/> counts, of two the one that was told last.
/// </summary>
[Message("whereabouts.changed.v1", From = [Services.Intake])]
public sealed record WhereaboutsChanged : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>When it was told.</summary>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>With whom the child is: one of <see cref="Codes.Holders"/>.</summary>
    [CodeOf(typeof(Codes.Holders))]
    public required string Holder { get; init; }
    /// <summary>Since when.</summary>
    public required DateTimeOffset Since { get; init; }
    /// <summary>To whom the child goes next; null when that is not known.</summary>
    public HandOver? NextHandOver { get; init; }
    /// <summary>Who says so: one of <see cref="Codes.Tellers"/>.</summary>
    [CodeOf(typeof(Codes.Tellers))]
    public required string ToldBy { get; init; }
}
