using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>A call of an officer, as intake recorded it. It never changes: a correction is a row of its own.</summary>
public sealed class RecordedCall
{
    public Guid EncounterId { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    public DateTimeOffset CalledAt { get; set; }
    /// <summary>Who was called; null when that was not said.</summary>
    public Organization? Called { get; set; }

    public static RecordedCall Of(TelephoneReportRecorded recorded) =>
        new() { EncounterId = recorded.EncounterId, RecordedAt = recorded.At, CalledAt = recorded.CalledAt, Called = recorded.Organization };
}
