using System.Text.Json.Serialization;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Receipts;

/// <summary>What the reporting agency is told of an encounter: where it is, who has it, which clocks run. Nothing that names a person.</summary>
public record Receipt
{
    /// <summary>The encounter; given out here.</summary>
    public required Guid EncounterId { get; init; }
    /// <summary>The agency's own number of the incident.</summary>
    public required string IncidentNumber { get; init; }
    /// <summary>It was reported in a sandbox: nobody real has been or will be told. Absent everywhere else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Test { get; init; }
    /// <summary>When it was received.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }
    /// <summary>How far it has come.</summary>
    [CodeOf(typeof(EncounterStatuses))]
    public required string Status { get; init; }
    /// <summary>The telephone report, which is owed for every encounter.</summary>
    public required ReceiptTelephoneReport TelephoneReport { get; init; }
    /// <summary>One for each child, in the order of the encounter.</summary>
    public required IReadOnlyList<ReceiptReport> Reports { get; init; }
    /// <summary>The time limits of the reporting officer.</summary>
    public required IReadOnlyList<ReceiptClock> Clocks { get; init; }
    /// <summary>What the encounter, as it was reported, will not lead to by itself, and what to do about it now. Each is there until somebody has seen to it.</summary>
    public required IReadOnlyList<Shortfall> Shortfalls { get; init; }
    /// <summary>Other encounters of the same incident.</summary>
    public required IReadOnlyList<ReceiptLink> Links { get; init; }
    /// <summary>There when a submission was not stored because all of it is on record already.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReceiptDuplicate? Duplicate { get; init; }
    /// <summary>What of the submission that this answers was ignored, because its sender prefers leniency; absent when nothing was. It is the answer's, not the encounter's.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ValidationError>? Warnings { get; init; }

    /// <summary>The receipt as everything known so far makes it; the order in which events arrived does not matter.</summary>
    public static Receipt Of(Encounter encounter, IReadOnlyList<Report> reports, IReadOnlyList<IEncounterEvent> events,
        IReadOnlyList<ReportClock> clocks, IEnumerable<Guid> nearDuplicates, State state, ShortfallRules shortfalls)
    {
        var law = state.Law;
        var recordedAt = clocks.SingleOrDefault(c => c.Rule == ReportClocks.Telephone)?.SatisfiedAt;
        var parts = reports.OrderBy(r => r.Child).Select(r => ReceiptReport.Of(encounter, r, events, state, shortfalls.Today)).ToList();
        return new()
        {
            EncounterId = encounter.EncounterId,
            IncidentNumber = encounter.IncidentNumber,
            Test = encounter.Test,
            ReceivedAt = encounter.ReceivedAt,
            Status = StatusOf(parts, events),
            TelephoneReport = new(recordedAt is null, recordedAt, recordedAt is null ? ReceiptTelephoneReport.CallNow(law) : null),
            Reports = parts,
            Clocks = [.. clocks.OrderBy(c => c.DueAt).ThenBy(c => c.Rule).Select(c => ReceiptClock.Of(c, law))],
            Shortfalls = shortfalls.Of(encounter, reports, parts, recordedAt is not null, events),
            Links = [.. nearDuplicates.Order().Select(id => new ReceiptLink(ReceiptLink.NearDuplicate, id))],
        };
    }

    /// <summary>Whether each report has a responding county or waits at the desk.</summary>
    public static bool IsRouted(Receipt receipt) => receipt.Status != EncounterStatuses.Received;

    private static string StatusOf(List<ReceiptReport> reports, IReadOnlyList<IEncounterEvent> events)
    {
        bool All(Func<ReceiptHandoff, bool> holds) => reports.All(r => r.Handoffs.Any(h => h.Responds && holds(h)));
        if (reports.TrueForAll(r => r.Retraction is not null))
            return EncounterStatuses.Retracted;
        var needs = reports.SelectMany(r => r.Needs).ToList();
        if (All(h => h.IsTaken))
            // Where no need was asked for, the acceptance is the end.
            return needs.All(n => n.State == ReceiptNeedStates.Completed) ? EncounterStatuses.Completed : EncounterStatuses.Accepted;
        if (All(_ => true))
            return EncounterStatuses.Routed;
        var atDesk = events.OfType<JurisdictionUndetermined>().Where(e => e.Reason != UndeterminedReasons.NearStateLine).SelectMany(e => e.Reports, (_, r) => r.ReportId).ToHashSet();
        return reports.All(r => atDesk.Contains(r.ReportId) || r.Handoffs.Any(h => h.Responds)) ? EncounterStatuses.AtDesk : EncounterStatuses.Received;
    }
}

/// <summary>A time limit.</summary>
/// <param name="Rule">Its code.</param>
/// <param name="Kind">What <paramref name="DueAt"/> is from: one of <see cref="RuleKinds"/>. A limit of ours does not look like law.</param>
/// <param name="Citation">The citation of that.</param>
/// <param name="Duty">The rules by which it is owed.</param>
/// <param name="StartedAt">From when it runs.</param>
/// <param name="DueAt">When it is overdue.</param>
/// <param name="SatisfiedAt">When what is owed was recorded.</param>
/// <param name="Overdue">It was not in time.</param>
public sealed record ReceiptClock([CodeOf(typeof(ReportClocks))] string Rule, [CodeOf(typeof(RuleKinds))] string? Kind, string? Citation, IReadOnlyList<CitedRule> Duty, DateTimeOffset StartedAt, DateTimeOffset DueAt,
    DateTimeOffset? SatisfiedAt, bool Overdue)
{
    internal static ReceiptClock Of(ReportClock clock, LawRegister law)
    {
        var limit = law.Find(clock.LimitedBy);
        return new(clock.Rule, limit?.Kind, limit?.Citation, law.For(RuleUses.OfClock(clock.Rule)), clock.StartedAt, clock.DueAt, clock.SatisfiedAt,
            clock.CurrentState == nameof(ReportClockMachine.Overdue));
    }
}

/// <summary>The telephone report, which this record does not replace.</summary>
/// <param name="Required">It is still owed: no call has been recorded.</param>
/// <param name="RecordedAt">When the call was recorded; null until then.</param>
/// <param name="Notice">What the officer must do now; null when the call has been recorded.</param>
public sealed record ReceiptTelephoneReport(bool Required, DateTimeOffset? RecordedAt, string? Notice)
{
    public static string CallNow(LawRegister law) =>
        $"This electronic record does not replace the telephone report ({string.Join(", ", law.For(RuleUses.TelephoneReport).Select(rule => rule.Citation))}), which is due immediately, "
        + "or as soon as practicably possible. Call the county's hotline now if you have not, and record the call with PUT …/telephone-report.";
}

/// <summary>Why nothing was stored.</summary>
/// <param name="Notice">The same, for people.</param>
public sealed record ReceiptDuplicate(string Notice)
{
    public static readonly ReceiptDuplicate OnRecord = new("All of what you sent is on record already; this is its receipt. Nothing need be done.");
}

/// <summary>Another encounter that this one is linked to.</summary>
/// <param name="Rel">How: <c>near-duplicate</c> for one of the same agency and incident.</param>
/// <param name="EncounterId">That encounter.</param>
public sealed record ReceiptLink(string Rel, Guid EncounterId)
{
    public const string NearDuplicate = "near-duplicate";

    /// <summary>What to do about it, for people.</summary>
    public string Notice { get; } = "Another encounter that you have reported under this incident number: each went to its county by itself. What becomes known later is added to a report with "
        + "POST /v1/reports/{reportId}/supplements; a report that should not have been sent is taken back with POST /v1/reports/{reportId}/retract.";
}
