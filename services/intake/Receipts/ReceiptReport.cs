using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Whereabouts;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Receipts;

/// <summary>The report of one child.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Child">The child's position in the encounter, from 1.</param>
/// <param name="Handoffs">To whom the report goes, the responding county first.</param>
/// <param name="Whereabouts">With whom the child is, and to whom it goes next.</param>
/// <param name="Workers">Which counties have said who of their workers has the case, the one that said so last first.</param>
/// <param name="Supplements">What the agency has added to the report: that it did, and when; the first first.</param>
/// <param name="Retraction">That the agency has taken the report back; null while it has not.</param>
/// <param name="Needs">What the child needs.</param>
/// <param name="MayBeSameAs">The agency's other reports that may be about the same child: whether they are is for people to find out.</param>
public sealed record ReceiptReport(Guid ReportId, int Child, IReadOnlyList<ReceiptHandoff> Handoffs, ReceiptWhereabouts Whereabouts, IReadOnlyList<ReceiptWorker> Workers,
    IReadOnlyList<ReceiptSupplement> Supplements, ReceiptRetraction? Retraction, IReadOnlyList<ReceiptNeed> Needs, IReadOnlyList<AlikeReport> MayBeSameAs)
{
    internal static ReceiptReport Of(Encounter encounter, Report report, IReadOnlyList<IEncounterEvent> events, State state, DateOnly today)
    {
        IReadOnlyList<ReceiptHandoff> handoffs = [.. ReceiptHandoff.Of(report, events, state.Law, today)];
        var told = ToldWhereabouts.LatestOf(encounter, report.ReportId, events);
        return new(report.ReportId, report.Child, handoffs, new(told.Holder, told.Since, told.ToldBy, told.ToldAt, told.NextHandOver,
            WhereaboutsText.Of(told, handoffs.FirstOrDefault(h => h.Responds)?.Hotline?.Phone, state)),
            ReceiptWorker.Of(report, events), ReceiptSupplement.Of(report, events), ReceiptRetraction.Of(report, events), [.. report.Needs.Select(n => ReceiptNeed.Of(n, events))], report.MayBeSameAs);
    }
}

/// <summary>With whom a child is, as it is known. Null is not known.</summary>
/// <param name="Holder">With whom.</param>
/// <param name="Since">Since when.</param>
/// <param name="ToldBy">Who says so; null when nobody has said anything.</param>
/// <param name="ToldAt">When that was said.</param>
/// <param name="NextHandOver">To whom the child goes next.</param>
/// <param name="Notice">The same for the officer to read: who takes the child over, and when; what to do as long as that is not known.</param>
public sealed record ReceiptWhereabouts([CodeOf(typeof(Holders))] string Holder, DateTimeOffset? Since, [CodeOf(typeof(Tellers))] string? ToldBy, DateTimeOffset? ToldAt,
    HandOver? NextHandOver, string Notice);

/// <summary>A county has said which of its workers has the case. Name and number are sealed: <c>GET /v1/reports/{reportId}/worker</c> tells them.</summary>
/// <param name="Organization">The county, such as <c>county:06037</c>.</param>
/// <param name="AssignedAt">When it said so last.</param>
public sealed record ReceiptWorker(Organization Organization, DateTimeOffset AssignedAt)
{
    internal static IReadOnlyList<ReceiptWorker> Of(Report report, IReadOnlyList<IEncounterEvent> events) =>
    [
        .. events.OfType<WorkerAssigned>().Where(e => e.ReportId == report.ReportId).GroupBy(e => e.Organization)
            .Select(county => new ReceiptWorker(county.Key, county.Max(e => e.At))).OrderByDescending(worker => worker.AssignedAt),
    ];
}

/// <summary>The agency has added to the report. What it said is sealed: it is read with the report.</summary>
/// <param name="SupplementId">The supplement.</param>
/// <param name="Sequence">Its number in the report, from 1.</param>
/// <param name="MadeAt">When it was received.</param>
/// <param name="LearnedAt">When the agency learned of it; null when it did not say.</param>
/// <param name="Tells">What it says something of.</param>
public sealed record ReceiptSupplement(Guid SupplementId, int Sequence, DateTimeOffset MadeAt, DateTimeOffset? LearnedAt, [CodeOf(typeof(SupplementFacts))] IReadOnlyList<string> Tells)
{
    internal static IReadOnlyList<ReceiptSupplement> Of(Report report, IReadOnlyList<IEncounterEvent> events) =>
    [
        .. events.OfType<ReportSupplemented>().Where(e => e.ReportId == report.ReportId).OrderBy(e => e.Sequence)
            .Select(e => new ReceiptSupplement(e.SupplementId, e.Sequence, e.At, e.LearnedAt, e.Tells)),
    ];
}

/// <summary>The agency has taken the report back. Whoever has it decides what follows.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="OtherReportId">The agency's report that stays; null unless this one is its duplicate.</param>
public sealed record ReceiptRetraction([CodeOf(typeof(RetractionReasons))] string Reason, DateTimeOffset At, Guid? OtherReportId)
{
    internal static ReceiptRetraction? Of(Report report, IReadOnlyList<IEncounterEvent> events) =>
        events.OfType<ReportRetracted>().FirstOrDefault(e => e.ReportId == report.ReportId) is { } retracted ? new(retracted.Reason, retracted.At, retracted.OtherReportId) : null;
}
