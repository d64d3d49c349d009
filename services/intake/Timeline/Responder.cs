using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.Intake.Timeline;

/// <summary>Who responds to a report, as county-routing says: the first that it was handed to. Intake has no map.</summary>
public sealed class Responder
{
    public Guid ReportId { get; set; }
    public Guid EncounterId { get; set; }
    /// <summary>For example <c>county:06037</c>.</summary>
    public string Organization { get; set; } = "";
    public Guid HandoffId { get; set; }
    public DateTimeOffset Since { get; set; }

    public static Responder Of(HandoffOpened opened) => new()
    {
        ReportId = opened.ReportId,
        EncounterId = opened.EncounterId,
        Organization = opened.Organization,
        HandoffId = opened.HandoffId,
        Since = opened.At,
    };
}
