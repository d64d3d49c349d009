using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Duplicates;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.TelephoneReports;

/// <summary>A telephone report as it was recorded; a correction is a row of its own, the latest one holds.</summary>
public sealed class TelephoneReport
{
    public Guid TelephoneReportId { get; set; }
    public Guid EncounterId { get; set; }
    public DateTimeOffset CalledAt { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    /// <summary>Who was called, as a code; null when the officer did not say.</summary>
    public Organization? Organization { get; set; }
    /// <summary>Sealed <see cref="CallDetails"/>.</summary>
    public byte[] Details { get; set; } = [];
    /// <summary>The key that sealed them, in the key store.</summary>
    public Guid KeyId { get; set; }

    public static TelephoneReport Of(TelephoneCall call, Guid encounterId, DateTimeOffset now, DataKey key)
    {
        var id = Guid.CreateVersion7(now);
        return new()
        {
            TelephoneReportId = id,
            EncounterId = encounterId,
            CalledAt = call.CalledAt!.Value,
            RecordedAt = now,
            Organization = call.Organization is { } called ? Organization.Parse(called) : null,
            Details = SealedJson.Seal(new CallDetails(call.Agency, call.Contact, call.ReferralNumber), id, key),
            KeyId = key.Id,
        };
    }

    /// <summary>Adds it and its event to a unit of work.</summary>
    public void RecordIn(UnitOfWork unit)
    {
        unit.Add(this);
        unit.Publish(new TelephoneReportRecorded { EncounterId = EncounterId, At = RecordedAt, CalledAt = CalledAt, Organization = Organization });
    }

    /// <summary>Equal for equal content, and telling nothing about it: by it a repetition is told from a correction.</summary>
    public static string FingerprintOf(TelephoneCall call, Guid encounterId, FingerprintKey key) => Convert.ToHexString(
        key.Of($"telephone-report/{encounterId}", CanonicalJson.Of(call)));
}
