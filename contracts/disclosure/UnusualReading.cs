namespace SafeHarbor.Contracts.Disclosure;

/// <summary>
/// Somebody reads reports in a way that is not usual. Published by intake, once for a reader, a rule and a window; about the encounter whose report was
/// the last one. It accuses nobody: a person looks.
/// </summary>
[Message("disclosure.unusual-reading.v1", From = [Services.Intake])]
public sealed record UnusualReading : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The report that was the last one.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>Of this finding; the ledger's entry names it, with who read.</summary>
    public required Guid UnusualReadingId { get; init; }
    /// <summary>The reader's organization, for example <c>county:06037</c>. Who it was there, the ledger says.</summary>
    public required Organization Organization { get; init; }
    /// <summary>One of <see cref="Codes.UnusualReadingRules"/>.</summary>
    [CodeOf(typeof(Codes.UnusualReadingRules))]
    public required string Rule { get; init; }
    /// <summary>How many different reports within the window.</summary>
    public required int Reports { get; init; }
    /// <summary>How many different responding counties, the reader's own left out.</summary>
    public required int Counties { get; init; }
    /// <summary>When the window began.</summary>
    public required DateTimeOffset Since { get; init; }
}
