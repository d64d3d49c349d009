namespace SafeHarbor.Intake.Retractions;

/// <summary>That the agency has taken a report back: once, and for good. Nothing ends by it.</summary>
public sealed class Retraction
{
    /// <summary>The constraint that a second retraction of a report meets.</summary>
    public const string Once = "retractions_pkey";

    public Guid ReportId { get; set; }
    public Guid EncounterId { get; set; }
    /// <summary>The report's agency: whose it is.</summary>
    public string AgencyOri { get; set; } = "";
    /// <summary>One of <see cref="RetractionReasons"/>.</summary>
    [CodeOf(typeof(RetractionReasons))]
    public string Reason { get; set; } = "";
    /// <summary>The agency's report that stays; null unless this one is its duplicate.</summary>
    public Guid? OtherReportId { get; set; }
    public DateTimeOffset RetractedAt { get; set; }

    /// <summary>As it is shown.</summary>
    public RetractedReport Shown => new(ReportId, Reason, OtherReportId, RetractedAt);
}

/// <summary>A report that its agency has taken back.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Reason">Why.</param>
/// <param name="OtherReportId">The agency's report that stays; null unless this one is its duplicate.</param>
/// <param name="RetractedAt">When it was taken back.</param>
public sealed record RetractedReport(Guid ReportId, [CodeOf(typeof(RetractionReasons))] string Reason, Guid? OtherReportId, DateTimeOffset RetractedAt);
