using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.Intake.Retention;

/// <summary>How long the county of a handoff wants the report's details kept.</summary>
public sealed class RetentionRule
{
    public Guid HandoffId { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    public Organization Organization { get; set; } = null!;
    /// <summary>Days without anything happening to the encounter; null when the county's pack leaves it to <see cref="RetentionSettings.DefaultDays"/>, which may be for ever.</summary>
    public int? Days { get; set; }

    public static RetentionRule Of(HandoffOpened opened) => new()
    {
        HandoffId = opened.HandoffId,
        EncounterId = opened.EncounterId,
        ReportId = opened.ReportId,
        Organization = opened.Organization,
        Days = opened.RetentionDays,
    };
}
