using SafeHarbor.Intake.Encounters;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.TelephoneReports;

/// <summary>A telephone report as it was recorded; a correction is a row of its own, the latest one holds.</summary>
public sealed class TelephoneReport
{
    public Guid TelephoneReportId { get; set; }
    public Guid EncounterId { get; set; }
    public DateTimeOffset CalledAt { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    /// <summary>Sealed <see cref="CallDetails"/>.</summary>
    public byte[] Details { get; set; } = [];
    public byte[] DetailsKey { get; set; } = [];

    public static TelephoneReport Of(TelephoneCall call, Guid encounterId, DateTimeOffset now, Sealer sealer)
    {
        var id = Guid.CreateVersion7(now);
        var details = sealer.Seal(new CallDetails(call.Agency, call.Contact, call.ReferralNumber), id);
        return new()
        {
            TelephoneReportId = id,
            EncounterId = encounterId,
            CalledAt = call.CalledAt!.Value,
            RecordedAt = now,
            Details = details.Ciphertext,
            DetailsKey = details.WrappedKey,
        };
    }

    /// <summary>Equal for equal content, and telling nothing about it: by it a repetition is told from a correction.</summary>
    public static string FingerprintOf(TelephoneCall call, Guid encounterId, Sealer sealer) => Convert.ToHexString(sealer.Fingerprint(
        $"telephone-report/{encounterId}",
        System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(call with { CalledAt = call.CalledAt!.Value.ToUniversalTime() })));
}
