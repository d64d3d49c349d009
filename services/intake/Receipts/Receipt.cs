using System.Text.Json.Serialization;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Receipts;

/// <summary>What the reporting agency is told of an encounter: where it is, who has it, which clocks run. Nothing that names a person.</summary>
public record Receipt
{
    public required Guid EncounterId { get; init; }
    public required string IncidentNumber { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>RECEIVED, AT_DESK, ROUTED, ACCEPTED, COMPLETED.</summary>
    public required string Status { get; init; }
    public required ReceiptTelephoneReport TelephoneReport { get; init; }
    public required IReadOnlyList<ReceiptReport> Reports { get; init; }
    public required IReadOnlyList<ReceiptClock> Clocks { get; init; }
    public required IReadOnlyList<ReceiptLink> Links { get; init; }
    /// <summary>There when a submission was not stored because all of it is on record already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReceiptDuplicate? Duplicate { get; init; }
    /// <summary>What of the submission that this answers was ignored, because its sender prefers leniency; absent when nothing was. It is the answer's, not the encounter's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ValidationError>? Warnings { get; init; }

    /// <summary>The receipt as everything known so far makes it; the order in which events arrived does not matter.</summary>
    public static Receipt Of(Encounter encounter, IReadOnlyList<Report> reports, IReadOnlyList<IEncounterEvent> events,
        IReadOnlyList<ReportClock> clocks, IEnumerable<Guid> nearDuplicates, LawRegister law)
    {
        var recordedAt = clocks.SingleOrDefault(c => c.Rule == ClockRules.Telephone)?.SatisfiedAt;
        var parts = reports.OrderBy(r => r.Child).Select(r => new ReceiptReport(r.ReportId, r.Child,
            [.. ReceiptHandoff.Of(r, events, law)], [.. r.Needs.Select(n => ReceiptNeed.Of(n, events))], r.MayBeSameAs)).ToList();
        return new()
        {
            EncounterId = encounter.EncounterId,
            IncidentNumber = encounter.IncidentNumber,
            ReceivedAt = encounter.ReceivedAt,
            Status = StatusOf(parts, events),
            TelephoneReport = new(recordedAt is null, recordedAt, recordedAt is null ? ReceiptTelephoneReport.CallNow(law) : null),
            Reports = parts,
            Clocks = [.. clocks.OrderBy(c => c.DueAt).ThenBy(c => c.Rule).Select(c => ReceiptClock.Of(c, law))],
            Links = [.. nearDuplicates.Order().Select(id => new ReceiptLink(ReceiptLink.NearDuplicate, id))],
        };
    }

    /// <summary>Whether each report has a responding county or waits at the desk.</summary>
    public static bool IsRouted(Receipt receipt) => receipt.Status != "RECEIVED";

    private static string StatusOf(List<ReceiptReport> reports, IReadOnlyList<IEncounterEvent> events)
    {
        bool All(Func<ReceiptHandoff, bool> holds) => reports.All(r => r.Handoffs.Any(h => h.Responds && holds(h)));
        var needs = reports.SelectMany(r => r.Needs).ToList();
        if (All(h => h.State == ReceiptHandoff.Accepted))
            // Where no need was asked for, the acceptance is the end.
            return needs.All(n => n.State == ReceiptNeed.Completed) ? "COMPLETED" : "ACCEPTED";
        if (All(_ => true))
            return "ROUTED";
        var atDesk = events.OfType<JurisdictionUndetermined>().SelectMany(e => e.Reports, (_, r) => r.ReportId).ToHashSet();
        return reports.All(r => atDesk.Contains(r.ReportId) || r.Handoffs.Any(h => h.Responds)) ? "AT_DESK" : "RECEIVED";
    }
}

/// <summary>A report of the encounter, and in <c>MayBeSameAs</c> the agency's other reports that may be about the same child: whether they are is for people to find out.</summary>
public sealed record ReceiptReport(Guid ReportId, int Child, IReadOnlyList<ReceiptHandoff> Handoffs, IReadOnlyList<ReceiptNeed> Needs, IReadOnlyList<AlikeReport> MayBeSameAs);

/// <summary>A time limit.</summary>
/// <param name="Rule">Its code.</param>
/// <param name="Kind">What <paramref name="DueAt"/> is from: one of <see cref="RuleKinds"/>. A limit of ours does not look like law.</param>
/// <param name="Citation">The citation of that.</param>
/// <param name="Duty">The rules by which it is owed.</param>
/// <param name="StartedAt">From when it runs.</param>
/// <param name="DueAt">When it is overdue.</param>
/// <param name="SatisfiedAt">When what is owed was recorded.</param>
/// <param name="Overdue">It was not in time.</param>
public sealed record ReceiptClock(string Rule, string? Kind, string? Citation, IReadOnlyList<CitedRule> Duty, DateTimeOffset StartedAt, DateTimeOffset DueAt,
    DateTimeOffset? SatisfiedAt, bool Overdue)
{
    internal static ReceiptClock Of(ReportClock clock, LawRegister law)
    {
        var limit = law.Find(clock.LimitedBy);
        return new(clock.Rule, limit?.Kind, limit?.Citation, law.For(RuleUses.OfClock(clock.Rule)), clock.StartedAt, clock.DueAt, clock.SatisfiedAt,
            clock.CurrentState == nameof(ReportClockMachine.Overdue));
    }
}

public sealed record ReceiptTelephoneReport(bool Required, DateTimeOffset? RecordedAt, string? Notice)
{
    public static string CallNow(LawRegister law) =>
        $"This electronic record does not replace the telephone report ({string.Join(", ", law.For(RuleUses.TelephoneReport).Select(rule => rule.Citation))}), which is due immediately, "
        + "or as soon as practicably possible. Call the county's hotline now if you have not, and record the call with PUT …/telephone-report.";
}

public sealed record ReceiptDuplicate(string Notice)
{
    public static readonly ReceiptDuplicate OnRecord = new("All of what you sent is on record already; this is its receipt. Nothing need be done.");
}

public sealed record ReceiptLink(string Rel, Guid EncounterId)
{
    public const string NearDuplicate = "near-duplicate";
}
