using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary>An encounter, or the report of one child, whose county a person must decide.</summary>
public sealed class DeskItem : ITimedSaga
{
    /// <summary>The item's id.</summary>
    public Guid CorrelationId { get; set; }
    /// <summary>The state's name.</summary>
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    public Guid EncounterId { get; set; }
    public string Reason { get; set; } = "";
    /// <summary>The likely responder, which has been told and may claim the report, or the one that does not answer.</summary>
    public Organization? SuggestedOrganization { get; set; }
    /// <summary>Whose counties the stated city and ZIP code allow.</summary>
    public IReadOnlyList<Organization> PossibleOrganizations { get; set; } = [];
    /// <summary>The counties that do not agree, the one that responds until the desk has decided first.</summary>
    public IReadOnlyList<Organization> BetweenOrganizations { get; set; } = [];
    /// <summary>How the report was referred on until they did not agree; null when that is not the reason.</summary>
    public Referral? Referral { get; set; }
    /// <summary>Other states and countries that begin near the place.</summary>
    public IReadOnlyList<OuterLine> OuterLines { get; set; } = [];
    public string Urgency { get; set; } = "";
    public IReadOnlyList<ReportedChild> Reports { get; set; } = [];
    public DateTimeOffset OpenedAt { get; set; }
    /// <summary>When the desk is reminded first; it should have decided before.</summary>
    public DateTimeOffset DecideBy { get; set; }
    /// <summary>When the desk's decision is due; null when it need not decide any more.</summary>
    public DateTimeOffset? DueAt
    {
        get => CurrentState == nameof(DeskItemMachine.Waiting) ? DecideBy : null;
        // It follows from the rest, also when a row is read.
        private set { }
    }
    public DateTimeOffset? AssignedAt { get; set; }
    /// <summary>Subject of the token of whoever assigned it last; null when the county claimed it.</summary>
    public string? AssignedBy { get; set; }
    public Organization? AssignedOrganization { get; set; }
    /// <summary>Every county that has been decided on, the first first.</summary>
    public IReadOnlyList<DeskAssigned> Assignments { get; set; } = [];
    /// <summary>Who, besides counties, was told because of the county that was assigned.</summary>
    public IReadOnlyList<FurtherHandoff> Further { get; set; } = [];
    /// <summary>Who has been told to respond: as assigned, or, until then, as guessed.</summary>
    public Organization? Told => AssignedOrganization ?? SuggestedOrganization;
    /// <summary>Who had referred the report on, and responds until the desk has decided; null when counties do not disagree.</summary>
    public Organization? Sender => Referral?.Hops[^1].From;
    /// <summary>The timer that reminds the desk.</summary>
    public Guid? WaitingToken { get; set; }

    /// <summary>The agency has added to a report: who must know, when somebody decides, follows from what is known by then.</summary>
    public void Supplement(ReportSupplemented added)
    {
        if (added.Child is { } told)
            Reports = [.. Reports.Select(report => report.ReportId == added.ReportId ? told.Of(report) : report)];
        if (added.ImmediateDanger)
            Urgency = Urgencies.Immediate;
    }
}

/// <summary>A county that was decided on.</summary>
/// <param name="Organization">Which.</param>
/// <param name="At">When.</param>
/// <param name="By">Subject of the token of whoever at the desk decided it; null when the county itself did, by accepting.</param>
public sealed record DeskAssigned(Organization Organization, DateTimeOffset At, string? By);

/// <summary>A handoff that follows from who responds.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Organization">To whom.</param>
/// <param name="Role">For what.</param>
public sealed record FurtherHandoff(Guid ReportId, Organization Organization, Role Role);
