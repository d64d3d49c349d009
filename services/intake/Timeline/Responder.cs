using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.Intake.Timeline;

/// <summary>Who responds to a report, as county-routing says, unless that is only a guess. Intake has no map.</summary>
public sealed class Responder
{
    public Guid ReportId { get; set; }
    public Guid EncounterId { get; set; }
    /// <summary>For example <c>county:06037</c>.</summary>
    public Organization Organization { get; set; } = null!;
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

    public static Responder Of(HandoffAccepted accepted) => new()
    {
        ReportId = accepted.ReportId,
        EncounterId = accepted.EncounterId,
        Organization = accepted.Organization,
        HandoffId = accepted.HandoffId,
        Since = accepted.At,
    };

    public static Responder Of(HandoffConfirmed confirmed) => new()
    {
        ReportId = confirmed.ReportId,
        EncounterId = confirmed.EncounterId,
        Organization = confirmed.Organization,
        HandoffId = confirmed.HandoffId,
        Since = confirmed.At,
    };
}
