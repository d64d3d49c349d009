using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>What somebody is waited for to do.</summary>
/// <param name="Act">One of <see cref="AwaitedActs"/>.</param>
/// <param name="DueBy">When it is due; then a ladder is climbed.</param>
public sealed record AwaitedAct([CodeOf(typeof(AwaitedActs))] string Act, DateTimeOffset DueBy);

/// <summary>One report on its way to one organization: from opened until a human there has accepted.</summary>
public sealed class Handoff : IKept
{
    /// <summary>The kinds of organizations that handoffs go to.</summary>
    public const string Recipients =
        $"{Organization.County} {Organization.DistrictAttorney} {Organization.LawEnforcement} {Organization.Licensing} {Organization.Tribe} {Organization.Attorney}";

    /// <summary>The handoff's id.</summary>
    public Guid CorrelationId { get; set; }
    /// <summary>The state's name.</summary>
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    /// <inheritdoc/>
    public string? Keeper { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    /// <summary>The recipient, as in tokens and endpoints: <c>county:06037</c>.</summary>
    public Organization Organization { get; set; } = null!;
    /// <summary>The county whose pack lists it; null for a county, which has a pack of its own.</summary>
    public Organization? ListedBy { get; set; }
    /// <summary>Why it gets the report.</summary>
    public Role Role { get; set; }
    /// <summary>One of <see cref="Bases"/>.</summary>
    [CodeOf(typeof(Bases))]
    public string Basis { get; set; } = "";
    /// <summary>One of <see cref="Confidences"/>.</summary>
    [CodeOf(typeof(Confidences))]
    public string Confidence { get; set; } = "";
    public int? DistanceToLineMeters { get; set; }
    /// <summary>Of the responder: other states and countries that begin near the place that decided. The desk has an item about them, which learns who accepted.</summary>
    public IReadOnlyList<OuterLine> OuterLines { get; set; } = [];
    public string Rule { get; set; } = "";
    /// <summary>One of <see cref="Urgencies"/>.</summary>
    [CodeOf(typeof(Urgencies))]
    public string Urgency { get; set; } = "";
    /// <summary>Coded facts; nothing that names the child.</summary>
    public ReportedChild Child { get; set; } = null!;
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset AcknowledgeBy { get; set; }
    public DateTimeOffset? NotifiedAt { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }
    /// <summary>When waiting for the acceptance starts to climb its ladder; null until somebody has acknowledged, and when the recipient only has to know.</summary>
    public DateTimeOffset? AcceptBy { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    /// <summary>Subject of the token of whoever accepted.</summary>
    public string? AcceptedBy { get; set; }
    /// <summary>Every time that the report was referred on before it came here, and from here, the first first.</summary>
    public IReadOnlyList<ReferralHop> Referrals { get; set; } = [];
    /// <summary>The handoff of who referred it on to here, and stays responsible until it is accepted here; null when nobody has.</summary>
    public Guid? ReferredBy { get; set; }
    /// <summary>The desk's item about who responds, which must learn who accepted; null when the desk has none.</summary>
    public Guid? DeskItemId { get; set; }
    /// <summary>How others refer it on to here too, while it is asked or has itself referred it on: they are relieved once somebody has accepted.</summary>
    public IReadOnlyList<HandoffOpened> AlsoAsked { get; set; } = [];
    /// <summary>Whom the recipient has referred it on to; once that one has accepted, who did.</summary>
    public Organization? ReferredTo { get; set; }
    /// <summary>When waiting until that one has accepted starts to climb the ladder; null when nobody is waited for.</summary>
    public DateTimeOffset? NextAcceptBy { get; set; }
    /// <summary>How soon it sees the child, as it has determined last; null until it has.</summary>
    public Response? Response { get; set; }
    /// <summary>A later response that waits for a second person; null when none does.</summary>
    public ProposedResponse? ProposedResponse { get; set; }
    /// <summary>That the county that responds does so later, as the county where the child lives was told last; null when it was not.</summary>
    public DowngradedResponse? Downgraded { get; set; }
    /// <summary>Every call of an officer that it was told of, whomever it was to.</summary>
    public IReadOnlyList<OfficerCall> Calls { get; set; } = [];
    /// <summary>The clock that the officer's call to it has started; null when none has.</summary>
    public CalledResponse? CalledResponse { get; set; }
    /// <summary>What the agency has added to the report, as far as it was told here; null when nothing was.</summary>
    public ToldSupplements? Supplements { get; set; }
    /// <summary>That the agency has taken the report back; null while it has not.</summary>
    public ToldRetraction? Retracted { get; set; }
    public DateTimeOffset? ClosedAt { get; set; }
    /// <summary>One of <see cref="ClosingReasons"/>; null until it is closed.</summary>
    [CodeOf(typeof(ClosingReasons))]
    public string? ClosingReason { get; set; }
    /// <summary>Until when the recipient may read the report; null when it may not yet.</summary>
    public DateTimeOffset? ReadsUntil { get; set; }
    /// <summary>How often its access was renewed.</summary>
    public int Renewals { get; set; }
    /// <summary>When waiting for the determination of the response starts to climb; null when nobody waits for it.</summary>
    public DateTimeOffset? DetermineBy { get; set; }
    /// <summary>How many rungs of the ladder that is being climbed have been told.</summary>
    public int EscalationStep { get; set; }
    /// <summary>Everybody who was told of a rung, the first first; the last rung of a ladder, which is told again and again, once with its last time.</summary>
    public IReadOnlyList<ToldRung> Told { get; set; } = [];
    /// <summary>The timer that runs against silence, and after it against waiting for the acceptance.</summary>
    public Guid? SilenceToken { get; set; }
    /// <summary>What the recipient's pack said when the handoff opened: a later pack changes nothing that is under way.</summary>
    public PackSnapshot Pack { get; set; } = null!;

    /// <summary>It is only likely to be the responder.</summary>
    public bool IsGuess => Role == Role.Responder && Confidence == Confidences.Low;
    /// <summary>It is to respond and nobody there has accepted, the state has just been told, and the desk has no item about it yet.</summary>
    public bool IsDesksNow => Role == Role.Responder && AcceptedAt is null && DeskItemId is null && !IsDrill && Told is [.., { Organization.Kind: Organization.State }];
    /// <summary>It responds, and that is no guess.</summary>
    public bool Responds => Role == Role.Responder && !IsGuess;
    /// <summary>It has a part in the report: it was neither withdrawn nor has another taken over what it had.</summary>
    public bool HasPart => CurrentState is not (nameof(HandoffMachine.Withdrawn) or nameof(HandoffMachine.ReferredOn));
    /// <summary>Whether it reads from the opening on: whoever must act does, unless it was only guessed.</summary>
    public bool ReadsAtOnce => Role.MustAct() && !IsGuess && !IsDrill;

    /// <summary>It is a drill: there is nothing to read, to determine or to refer on, and it ends by itself.</summary>
    public bool IsDrill => Child.DrillEndsAt is not null;

    bool ITimedSaga.CountsInFigures => !IsDrill;

    /// <summary>It has yet to determine how soon it sees the child, and its pack says within what time.</summary>
    public bool IsToDetermine => Role == Role.Responder && !IsDrill && Response is null && Pack.DetermineWithinMinutes is not null;

    /// <summary>Until when the child is to be seen in person; null when that has been, or need not be.</summary>
    public DateTimeOffset? InPersonBy => Response is { InPersonAt: null, InPersonBy: { } by } ? by : null;

    /// <summary>Until when the child is to be seen in person because of the officer's call; null when that has been, or need not be.</summary>
    public DateTimeOffset? SeenAfterCallBy => CalledResponse is { InPersonAt: null, Ended: false, InPersonBy: var by } ? by : null;

    /// <summary>What the county has got to next, in the order of the journey.</summary>
    private AwaitedAct? NextStep => NextAcceptBy is { } next ? new(AwaitedActs.NextAcceptance, next)
        : AcceptedAt is null ? AcceptBy is { } accept ? new(AwaitedActs.Acceptance, accept) : AcknowledgedAt is null ? new(AwaitedActs.Acknowledgment, AcknowledgeBy) : null
        : InPersonBy is { } person ? new(AwaitedActs.InPersonResponse, person)
        : DetermineBy is { } determine ? new(AwaitedActs.ResponseDetermination, determine) : null;

    /// <summary>What is waited for: the next step or, when that is due sooner, that the child is seen after the officer's call. Null when nothing is.</summary>
    public AwaitedAct? Next => SeenAfterCallBy is { } seen && !(NextStep?.DueBy <= seen) ? new(AwaitedActs.ResponseToCall, seen) : NextStep;

    /// <summary>When what a human here has to do, or to see to, is due: the acknowledgment, the acceptance, that of the next, the determination of the response, the response in person; null when nothing is. The recipient's list goes by it.</summary>
    public DateTimeOffset? DueAt
    {
        get => CurrentState is nameof(HandoffMachine.Withdrawn) or nameof(HandoffMachine.ReferredOn) or nameof(HandoffMachine.Closed) ? null : Next?.DueBy;
        // It follows from the rest, also when a row is read.
        private set { }
    }

    /// <summary>When what is waited for is due; of what was, when nothing is.</summary>
    public DateTimeOffset DueBy => Next?.DueBy ?? AcceptBy ?? AcknowledgeBy;
    /// <summary>What is waited for, one of <see cref="AwaitedActs"/>; what was, when nothing is.</summary>
    [CodeOf(typeof(AwaitedActs))]
    public string Awaited => Next?.Act ?? (AcceptBy is not null ? AwaitedActs.Acceptance : AwaitedActs.Acknowledgment);
    /// <summary>For what the ladder is being climbed; null when it is not.</summary>
    public string? Climbed => EscalationStep > 0 && Told is [.., var last] ? last.Awaited : null;
    /// <summary>The ladder that is being climbed.</summary>
    public Escalation Ladder => Awaited switch
    {
        AwaitedActs.Acknowledgment => Pack.Silence,
        AwaitedActs.Acceptance => Pack.Waiting,
        // Whoever is still responsible is the first to know.
        _ => Pack.Waiting.From(Organization),
    };

    /// <summary>How it came here from others; null when none had referred it on to here.</summary>
    public Referral? Referral => ReferredBy is { } sender ? new() { HandoffId = sender, Hops = Referrals } : null;
    /// <summary>What the recipient is told of its opening. Whoever is told of a guess knows from it that it may leave the decision to the desk.</summary>
    public string OpeningNotice => IsGuess ? NoticeTypes.HandoffGuessed : ReferredBy is not null ? NoticeTypes.HandoffReferredOn : NoticeTypes.HandoffOpened;
}
