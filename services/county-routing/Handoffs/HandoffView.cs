using System.Linq.Expressions;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>A handoff as its recipient sees it, and the statewide desk once it was escalated.</summary>
public sealed record HandoffView
{
    /// <summary>The handoff.</summary>
    public required Guid HandoffId { get; init; }
    /// <summary>The encounter.</summary>
    public required Guid EncounterId { get; init; }
    /// <summary>The report, of one child.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>The recipient, such as <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>Why it gets the report.</summary>
    public required Role Role { get; init; }
    /// <summary>How far it has come.</summary>
    [StateOf(typeof(HandoffMachine))]
    public required string State { get; init; }
    /// <summary>What the recipient was determined by.</summary>
    [CodeOf(typeof(Bases))]
    public required string Basis { get; init; }
    /// <summary>How sure that is.</summary>
    [CodeOf(typeof(Confidences))]
    public required string Confidence { get; init; }
    /// <summary>Meters from the location to the nearest county line; null when no location decided.</summary>
    public int? DistanceToLineMeters { get; init; }
    /// <summary>Of the responder: other states and countries that begin near the place that decided, the nearest first. Nobody there is told by this system: a person calls.</summary>
    public IReadOnlyList<OuterLine> OuterLines { get; init; } = [];
    /// <summary>Why this recipient, for people.</summary>
    public required string Rule { get; init; }
    /// <summary>What that rests on.</summary>
    public IReadOnlyList<CitedRule> Rules { get; init; } = [];
    /// <summary>How fast somebody must act.</summary>
    [CodeOf(typeof(Urgencies))]
    public required string Urgency { get; init; }
    /// <summary>When what has to be done here next is due, the acknowledgment, the acceptance, after it was referred on that of the next, the determination of the response where the pack limits it, or the response in person, be it after the officer's call; null when nothing is.</summary>
    public DateTimeOffset? DueAt { get; init; }
    /// <summary>When it was opened.</summary>
    public required DateTimeOffset OpenedAt { get; init; }
    /// <summary>Until when a human is to have seen it; then others are told.</summary>
    public required DateTimeOffset AcknowledgeBy { get; init; }
    /// <summary>When that was; null until then.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }
    /// <summary>When the acceptance is due; null until the handoff is acknowledged, and when the recipient only has to know.</summary>
    public DateTimeOffset? AcceptBy { get; init; }
    /// <summary>When the recipient accepted; null until then.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }
    /// <summary>Every time that the report was referred on before it came here, and from here: who, whom to, why and when, the first first.</summary>
    public IReadOnlyList<ReferralHop> Referrals { get; init; } = [];
    /// <summary>Whom the recipient has referred it on to, and who responds once that one has accepted; null when it has not.</summary>
    public Organization? ReferredTo { get; init; }
    /// <summary>When that one is to have accepted; then the recipient, which is still responsible, is told. Null when nobody is waited for.</summary>
    public DateTimeOffset? NextAcceptBy { get; init; }
    /// <summary>How soon the recipient can determine to see the child in person, the soonest first, and <c>EVALUATED_OUT</c>; none when it does not respond.</summary>
    public IReadOnlyList<string> ResponseLevels { get; init; } = [];
    /// <summary>What it has determined last; null until it has.</summary>
    public Response? Response { get; init; }
    /// <summary>Until when the recipient, which responds, is to have seen the child because the officer has called it, as its pack says; beside what it determines. Null when no call has started that.</summary>
    public CalledResponse? CalledResponse { get; init; }
    /// <summary>A later response that waits for a second person at the recipient; null when none does.</summary>
    public ProposedResponse? ProposedResponse { get; init; }
    /// <summary>That the county that responds sees the child later than it had determined, or than the report asks for, as the county where the child lives was told last; null when it was not.</summary>
    public DowngradedResponse? Downgraded { get; init; }
    /// <summary>What the reporting agency has added to the report, how often and when last: it is read with the report. Null when nothing was told here.</summary>
    public ToldSupplements? Supplements { get; init; }
    /// <summary>That the reporting agency has taken the report back: the recipient decides what follows. Null while it has not.</summary>
    public ToldRetraction? Retracted { get; init; }
    /// <summary>When the recipient closed the report; null while it has not.</summary>
    public DateTimeOffset? ClosedAt { get; init; }
    /// <summary>Why; null while it has not.</summary>
    [CodeOf(typeof(ClosingReasons))]
    public string? ClosingReason { get; init; }
    /// <summary>Until when the recipient may read the report; null when it may not.</summary>
    public DateTimeOffset? ReadsUntil { get; init; }
    /// <summary>It is a drill, and over then: nobody was encountered, and nothing but acknowledging and accepting is to be done. Null for every report.</summary>
    public DateTimeOffset? DrillEndsAt { get; init; }
    /// <summary>How many rungs of the ladder that is being climbed have been told.</summary>
    public required int EscalationStep { get; init; }
    /// <summary>Everybody who was told of a rung, the first first; the last rung of a ladder, which is told again and again, once with its last time.</summary>
    public IReadOnlyList<ToldRung> Told { get; init; } = [];

    /// <summary>For queries.</summary>
    public static readonly Expression<Func<Handoff, HandoffView>> Projection = h => new HandoffView
    {
        HandoffId = h.CorrelationId,
        EncounterId = h.EncounterId,
        ReportId = h.ReportId,
        Organization = h.Organization,
        Role = h.Role,
        State = StateWord.Of(h.CurrentState),
        Basis = h.Basis,
        Confidence = h.Confidence,
        DistanceToLineMeters = h.DistanceToLineMeters,
        OuterLines = h.OuterLines,
        Rule = h.Rule,
        Urgency = h.Urgency,
        DueAt = h.DueAt,
        OpenedAt = h.OpenedAt,
        AcknowledgeBy = h.AcknowledgeBy,
        AcknowledgedAt = h.AcknowledgedAt,
        AcceptBy = h.AcceptBy,
        AcceptedAt = h.AcceptedAt,
        Referrals = h.Referrals,
        ReferredTo = h.ReferredTo,
        NextAcceptBy = h.NextAcceptBy,
        ResponseLevels = LevelsOf(h.Role, h.Pack),
        Response = h.Response,
        CalledResponse = h.CalledResponse,
        ProposedResponse = h.ProposedResponse,
        Downgraded = h.Downgraded,
        Supplements = h.Supplements,
        Retracted = h.Retracted,
        ClosedAt = h.ClosedAt,
        ClosingReason = h.ClosingReason,
        ReadsUntil = h.ReadsUntil,
        DrillEndsAt = h.Child.DrillEndsAt,
        EscalationStep = h.EscalationStep,
        Told = h.Told,
    };

    private static readonly Func<Handoff, HandoffView> Compiled = Projection.Compile();

    /// <summary>Of a handoff in memory.</summary>
    public static HandoffView Of(Handoff handoff, LawRegister law) => Compiled(handoff).Citing(law);

    /// <summary>With the rules that the recipient's role rests on, those by which it came here from another or went on, that of its response, that of the officer's call, and that by which it is told of another's.</summary>
    public HandoffView Citing(LawRegister law) => this with
    {
        Rules = Referrals.Count == 0 && Response is null && CalledResponse is null && Downgraded is null ? law.For(RuleUses.OfRole(Role))
            : [.. law.For(RuleUses.OfRole(Role)), .. Referrals.Count == 0 ? [] : law.For(RuleUses.Referral), .. Response?.Law is { } rule ? law.Cite(rule) : [],
                .. CalledResponse is { Law: var called } ? law.Cite(called) : [],
                .. Downgraded is null ? [] : law.For(RuleUses.Downgrade)],
    };

    private static IReadOnlyList<string> LevelsOf(Role role, PackSnapshot pack) => role == Role.Responder ? [.. pack.Responses.Select(limit => limit.Level!), Contracts.Codes.ResponseLevels.EvaluatedOut] : [];
}
