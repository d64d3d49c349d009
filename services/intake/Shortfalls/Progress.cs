using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Intake.Receipts;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>How far an encounter has come.</summary>
/// <param name="EncounterId">The encounter; null when it is not sent yet.</param>
/// <param name="Reports">Its reports; none when it is not sent yet.</param>
/// <param name="Called">The telephone report was made.</param>
/// <param name="Undetermined">Why the desk was asked who responds; null when it was not.</param>
/// <param name="NotReached">Who must know of which child's report, when this organization responds, and is not reached here.</param>
internal sealed record Progress(Guid? EncounterId, IReadOnlyList<ReceiptReport> Reports, bool Called, string? Undetermined, IReadOnlyList<(int Child, Organization Responder, Role Role)> NotReached)
{
    /// <summary>Of an encounter that is not sent yet.</summary>
    public static Progress NotSent(bool called) => new(null, [], called, null, []);

    /// <summary>Of one that is kept.</summary>
    public static Progress Of(Guid encounterId, IReadOnlyList<ReceiptReport> reports, bool called, IReadOnlyList<IEncounterEvent> events) =>
        new(encounterId, reports, called, events.OfType<JurisdictionUndetermined>().FirstOrDefault(e => e.Reason != UndeterminedReasons.NearStateLine)?.Reason, [.. reports.SelectMany(report => NotReachedOf(report, events))]);

    // What was said last of who responds now: the desk may have confirmed what was opened for another reason.
    private static IEnumerable<(int, Organization, Role)> NotReachedOf(ReceiptReport report, IReadOnlyList<IEncounterEvent> events)
    {
        if (report.Handoffs.FirstOrDefault(handoff => handoff.Responds) is not { } responder)
            return [];
        var said = events.OfType<IHandoffEvent>().Where(e => e.HandoffId == responder.HandoffId).OrderBy(e => e.At)
            .Select(e => e switch { HandoffOpened opened => opened.NotReached, HandoffConfirmed confirmed => confirmed.NotReached, _ => null }).LastOrDefault(roles => roles is not null);
        return (said ?? []).Select(role => (report.Child, responder.Organization, role));
    }

    /// <summary>Every report was taken back: nothing is asked for any more but the call.</summary>
    public bool IsRetracted => Reports.Count > 0 && Reports.All(report => report.Retraction is not null);

    /// <summary>Each report has a county that responds, and is no guess.</summary>
    public bool IsRouted => Reports.Count > 0 && Reports.All(report => report.Handoffs.Any(handoff => handoff.Responds));

    /// <summary>The children of whom something was added because of which others may have to know.</summary>
    public IEnumerable<int> AddedForOthers => Reports.Where(report => report.Retraction is null && report.Supplements.Any(s => s.Tells.Any(SupplementFacts.ForOthers.Contains))).Select(report => report.Child);

    /// <summary>What was added, with the child that it is about.</summary>
    public IEnumerable<(int Child, ReceiptSupplement Supplement)> Supplements => Reports.SelectMany(report => report.Supplements.Select(supplement => (report.Child, supplement)));

    /// <summary>The handoffs to whoever responds, or is likely to, one for each organization.</summary>
    public IReadOnlyList<ReceiptHandoff> Told =>
    [
        .. Reports.Select(report => report.Handoffs.FirstOrDefault(handoff => handoff.Role == Role.Responder && handoff.State is not (HandoffStates.Withdrawn or HandoffStates.ReferredOn)))
            .OfType<ReceiptHandoff>().DistinctBy(handoff => handoff.Organization),
    ];

    /// <summary>Other states and countries near the place, as long as nobody who is to respond has accepted: from then on a person there sees the same.</summary>
    public IReadOnlyList<OuterLine> OuterLines => Told.FirstOrDefault(handoff => handoff is { IsTaken: false, OuterLines.Count: > 0 })?.OuterLines ?? [];

    /// <summary>What each child needs, by its place in the encounter from 0; of what is not sent yet nothing has happened.</summary>
    public IEnumerable<(int Child, ReceiptNeed Need)> Needs(ReportedFacts facts) => EncounterId is null
        ? facts.Needs.SelectMany((types, child) => types.Select(type => (child, new ReceiptNeed(Guid.Empty, type, ReceiptNeedStates.Open))))
        : Reports.SelectMany(report => report.Needs.Select(need => (report.Child - 1, need)));

    /// <summary>A need is asked for, nobody has met the child for it yet, and where it can be met was not added to its report.</summary>
    public bool SomebodyIsToMeetTheChild(ReportedFacts facts) =>
        Needs(facts).Any(of => of.Need.State is not (ReceiptNeedStates.Engaged or ReceiptNeedStates.Completed) && !HasMeetingPoint(of.Child + 1));

    private bool HasMeetingPoint(int child) => Reports.Any(report => report.Child == child && report.Supplements.Any(s => s.Tells.Contains(SupplementFacts.MeetingPoint)));
}
