using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.Intake.Retention;

/// <summary>An order to destroy a report's keys, and when it was carried out. An order stays; there is at most one for a report.</summary>
public sealed class Destruction
{
    public Guid ReportId { get; set; }
    public Guid EncounterId { get; set; }
    /// <summary>The report's key, those of its workers and supplements, and with the last report of an encounter those of its telephone reports.</summary>
    public IReadOnlyList<Guid> KeyIds { get; set; } = [];
    /// <summary><see cref="DestructionGrounds.Retention"/> or <see cref="DestructionGrounds.CourtOrder"/>.</summary>
    public string Ground { get; set; } = "";
    public DateTimeOffset OrderedAt { get; set; }
    /// <summary>Subject of the token of whoever ordered it; null when the system did.</summary>
    public string? OrderedBy { get; set; }
    public Organization? Organization { get; set; }
    /// <summary>Keyed fingerprint of a court order's reference, which may name the child.</summary>
    public byte[]? OrderFingerprint { get; set; }
    /// <summary>By the key store; null until it has confirmed every key.</summary>
    public DateTimeOffset? DestroyedAt { get; set; }

    /// <summary>An entry about it, of whoever has ordered it or of the system.</summary>
    public LedgerEntry Entry(string action, DateTimeOffset at, Caller? caller, object facts)
    {
        if (caller is not null)
            return LedgerEntry.By(caller, action, at, report: ReportId, facts: facts);
        return new() { At = at, Action = action, ReportId = ReportId, Facts = System.Text.Json.JsonSerializer.Serialize(facts, System.Text.Json.JsonSerializerOptions.Web) };
    }

    /// <summary>What the timeline says once it was carried out.</summary>
    public ReportDestroyed Event() => new() { EncounterId = EncounterId, At = DestroyedAt!.Value, ReportId = ReportId, Ground = Ground };
}
