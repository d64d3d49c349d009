using SafeHarbor.Intake.Receipts;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>How far an encounter has come.</summary>
/// <param name="EncounterId">The encounter; null when it is not sent yet.</param>
/// <param name="Reports">Its reports; none when it is not sent yet.</param>
/// <param name="Called">The telephone report was made.</param>
/// <param name="Undetermined">Why the desk was asked; null when it was not.</param>
internal sealed record Progress(Guid? EncounterId, IReadOnlyList<ReceiptReport> Reports, bool Called, string? Undetermined)
{
    /// <summary>Each report has a county that responds, and is no guess.</summary>
    public bool IsRouted => Reports.Count > 0 && Reports.All(report => report.Handoffs.Any(handoff => handoff.Responds));

    /// <summary>The handoffs to whoever responds, or is likely to, one for each organization.</summary>
    public IReadOnlyList<ReceiptHandoff> Told =>
    [
        .. Reports.Select(report => report.Handoffs.FirstOrDefault(handoff => handoff.Role == Role.Responder && handoff.State is not (HandoffStates.Withdrawn or HandoffStates.ReferredOn)))
            .OfType<ReceiptHandoff>().DistinctBy(handoff => handoff.Organization),
    ];

    /// <summary>A need is asked for, and nobody has met the child for it yet.</summary>
    public bool SomebodyIsToMeetTheChild(ReportedFacts facts) => EncounterId is null
        ? facts.Needs.Any(needs => needs.Count > 0)
        : Reports.SelectMany(report => report.Needs).Any(need => need.State is not (ReceiptNeedStates.Engaged or ReceiptNeedStates.Completed));
}
