using System.Text.Json.Serialization;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Receipts;

/// <summary>An organization that must take over a report, or know of it, and how far it has come. Counties are most of them.</summary>
/// <param name="HandoffId">The handoff.</param>
/// <param name="Organization">The recipient, such as <c>county:06037</c>.</param>
/// <param name="Name">Its name; null until the handoff's opening has come here.</param>
/// <param name="Role">Why it gets the report.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Told">Who else was told, because what was waited for had not come in time: the ladder as far as it has been climbed, the first first.</param>
/// <param name="Basis">What it was determined by.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="DistanceToLineMeters">Meters from the location to the nearest county line; null when no location decided.</param>
/// <param name="OuterLines">Of who responds: other states and countries that begin near the place, the nearest first. Nobody there is told by this system: a person calls.</param>
/// <param name="Rule">Why this recipient, for people.</param>
/// <param name="Rules">What that rests on.</param>
/// <param name="Hotline">Its number for the telephone report; null when there is none that was checked.</param>
/// <param name="AcknowledgeBy">Until when a human there is to have seen it.</param>
/// <param name="AcceptBy">Until when it is to have accepted; null until it has acknowledged, and when it only has to know.</param>
/// <param name="Referrals">Every time that the report was referred on before it came there, and from there: who, whom to, why and when, the first first.</param>
/// <param name="Response">How soon it sees the child in person, as it has determined last; null until it has, and when another responds.</param>
/// <param name="CalledResponse">Until when your call has the county see the child in person; null when its pack has no such limit, when the call was another's, and when another responds.</param>
/// <param name="ClosingReason">Why it has closed the report; null while it has not.</param>
public sealed record ReceiptHandoff(
    Guid HandoffId, Organization Organization, string? Name, Role Role, [CodeOf(typeof(HandoffStates))] string State, IReadOnlyList<ReceiptRung> Told,
    [CodeOf(typeof(Bases))] string? Basis, [CodeOf(typeof(Confidences))] string? Confidence,
    int? DistanceToLineMeters, IReadOnlyList<OuterLine> OuterLines, string? Rule, IReadOnlyList<CitedRule> Rules, ReceiptHotline? Hotline, DateTimeOffset? AcknowledgeBy, DateTimeOffset? AcceptBy, IReadOnlyList<ReferralHop> Referrals,
    ReceiptResponse? Response = null, ReceiptCalledResponse? CalledResponse = null, [CodeOf(typeof(ClosingReasons))] string? ClosingReason = null)
{
    /// <summary>It responds, and a person said so or nothing makes it doubtful. Whom it was referred on to does once it has accepted.</summary>
    public bool Responds => Role == Role.Responder && State is not (HandoffStates.Withdrawn or HandoffStates.ReferredOn)
        && (IsTaken || State == HandoffStates.Referring || Confidence != Confidences.Low && !IsAsked);

    /// <summary>It was accepted there, and is still that organization's.</summary>
    [JsonIgnore]
    public bool IsTaken => State is HandoffStates.Accepted or HandoffStates.ResponseDetermined or HandoffStates.Closed;

    // The last time that it was referred on was to here: who did it responds until it is accepted here.
    private bool IsAsked => Referrals is [.., var last] && last.From != Organization;

    /// <summary>A report's handoffs, the responder's first.</summary>
    public static IEnumerable<ReceiptHandoff> Of(Report report, IReadOnlyList<IEncounterEvent> events, LawRegister law, DateOnly today) => events
        .OfType<IHandoffEvent>().Where(e => e.ReportId == report.ReportId)
        .GroupBy(e => e.HandoffId)
        .Select(handoff => Of(handoff.Key, [.. handoff], events, law, today))
        .OrderByDescending(h => h.Responds).ThenByDescending(h => h.Role == Role.Responder);

    private static string? ClosedSince(IReadOnlyList<IHandoffEvent> own) =>
        own.OfType<HandoffClosed>().MaxBy(e => e.At) is { } closed && !own.Any(e => e is HandoffResponseDetermined && e.At > closed.At) ? closed.Reason : null;

    private static ReceiptHandoff Of(Guid id, IReadOnlyList<IHandoffEvent> own, IReadOnlyList<IEncounterEvent> events, LawRegister law, DateOnly today)
    {
        // Whatever came first tells the recipient and the role; the opening tells the rest. What a report was referred on to, or what follows from who responds, may have been opened anew:
        // what was before is over.
        var opened = own.OfType<HandoffOpened>().MaxBy(e => e.At);
        if (opened is { ListedBy: not null } or { Referral: not null })
            own = [.. own.Where(e => e.At >= opened.At)];
        var confirmed = own.OfType<HandoffConfirmed>().MaxBy(e => e.At);
        var any = confirmed ?? opened ?? own[0];
        var withdrawn = own.OfType<HandoffWithdrawn>().MaxBy(e => e.At);
        var referred = own.OfType<HandoffReferredOn>().MaxBy(e => e.At);
        var takenOver = own.OfType<HandoffTakenOver>().MaxBy(e => e.At);
        // Who does not respond any more may have a part in it all the same.
        var remains = withdrawn is not null && !(confirmed?.At > withdrawn.At) ? withdrawn : null;
        // A county that has accepted keeps the report, or refers it on; whoever only followed from another one does not keep it.
        var state = takenOver is not null && referred?.RemainsAs is null ? HandoffStates.ReferredOn
            : takenOver is null && referred is not null && !own.Any(e => e is HandoffConfirmed { Keeps: true } && e.At > referred.At) ? HandoffStates.Referring
            : own.Any(e => e is HandoffAccepted) && !(opened is { ListedBy: not null } && withdrawn is not null) ? HandoffStates.Accepted
            : remains is { RemainsAs: null } ? HandoffStates.Withdrawn
            : own.Any(e => e is HandoffAcknowledged) ? HandoffStates.Acknowledged
            // A notice to another rung of the ladder says nothing about whether the county itself has been told.
            : events.OfType<NoticeDelivered>().Any(e => e.RequestedBy == id && e.Organization == any.Organization) ? HandoffStates.Notified
            : HandoffStates.Open;
        var (role, basis, confidence, distance, rule) = remains is { RemainsAs: { } part } ? (part, Bases.Explicit, Confidences.Clear, null, remains.Rule)
            : takenOver is not null && referred?.RemainsAs is { } other ? (other, Bases.Explicit, Confidences.Clear, null, referred.Rule)
            : confirmed is not null ? (confirmed.Role, Bases.Desk, Confidences.Clear, null, confirmed.Rule)
            : (any.Role, opened?.Basis, opened?.Confidence, opened?.DistanceToLineMeters, opened?.Rule);
        var response = role == Role.Responder && state is (HandoffStates.Accepted or HandoffStates.Referring) ? ReceiptResponse.Of(own) : null;
        var called = role == Role.Responder && state is not (HandoffStates.Withdrawn or HandoffStates.ReferredOn) ? ReceiptCalledResponse.Of(own, law) : null;
        var closed = response is null ? null : ClosedSince(own);
        if (state == HandoffStates.Accepted && response is not null)
            state = closed is null ? HandoffStates.ResponseDetermined : HandoffStates.Closed;
        var referrals = referred?.Hops ?? opened?.Referral?.Hops ?? [];
        return new(id, any.Organization, opened?.OrganizationName, role, state, ReceiptRung.Of(own), basis, confidence, distance,
            role == Role.Responder ? opened?.OuterLines ?? [] : [], rule,
            referrals.Count == 0 ? law.For(RuleUses.OfRole(role)) : [.. law.For(RuleUses.OfRole(role)), .. law.For(RuleUses.Referral)],
            opened?.HotlinePhone is { } phone ? ReceiptHotline.Of(phone, opened.HotlineVerifiedAt, law, today) : null, opened?.AcknowledgeBy,
            own.OfType<HandoffAcknowledged>().FirstOrDefault()?.AcceptBy, referrals, response, called, closed);
    }
}

/// <summary>A rung of the ladder that silence, or waiting, has climbed.</summary>
/// <param name="Awaited">What had not come.</param>
/// <param name="Organization">The organization that was told.</param>
/// <param name="Duty">Whom there, by its duty; null for the organization as such.</param>
/// <param name="Phone">The number to call; null when none is known.</param>
/// <param name="At">When; of the last rung, which is told again and again, the last time.</param>
/// <param name="NextAt">When the next one is told unless somebody does what is awaited; null when that has come, or another rung since.</param>
public sealed record ReceiptRung([CodeOf(typeof(AwaitedActs))] string Awaited, Organization Organization, [CodeOf(typeof(Duties))] string? Duty, string? Phone, DateTimeOffset At, DateTimeOffset? NextAt)
{
    // What ends each wait: a person has done it, or another is waited for. After the officer's call only that the child was seen does, or that the county does not respond any more.
    private static bool Ends(IHandoffEvent later, string awaited) => awaited == AwaitedActs.ResponseToCall
        ? later is HandoffRespondedInPerson or HandoffCallCounted or HandoffResponseDetermined { Level: ResponseLevels.EvaluatedOut } or HandoffClosed or HandoffTakenOver or HandoffWithdrawn
        : later is HandoffAcknowledged or HandoffAccepted or HandoffTakenOver or HandoffWithdrawn or HandoffConfirmed { Keeps: true }
        or HandoffResponseDetermined or HandoffRespondedInPerson or HandoffClosed or HandoffReferredOn;

    /// <summary>Those of one handoff.</summary>
    internal static IReadOnlyList<ReceiptRung> Of(IReadOnlyList<IHandoffEvent> own)
    {
        HandoffEscalated[] climbed = [.. own.OfType<HandoffEscalated>().DistinctBy(e => (e.At, e.Step)).OrderBy(e => e.At).ThenBy(e => e.Step)];
        // The same that was told before, one step further up, is the last rung again.
        bool IsToldAgain(int i) => i + 1 < climbed.Length && (climbed[i + 1].Awaited, climbed[i + 1].Notified, climbed[i + 1].Duty, climbed[i + 1].Step) == (climbed[i].Awaited, climbed[i].Notified, climbed[i].Duty, climbed[i].Step + 1);
        var waits = climbed is [.., var last] && !own.Any(e => e.At >= last.At && Ends(e, last.Awaited));
        return [.. climbed.Index().Where(e => !IsToldAgain(e.Index))
            .Select(e => new ReceiptRung(e.Item.Awaited, e.Item.Notified, e.Item.Duty, e.Item.DutyPhone, e.Item.At, waits && e.Index == climbed.Length - 1 ? e.Item.NextAt : null))];
    }
}

/// <summary>How soon a county sees the child in person, as it has determined.</summary>
/// <param name="Level">Such as <c>IMMEDIATE</c> or <c>TEN_DAYS</c>, or <c>EVALUATED_OUT</c>: the county does not respond.</param>
/// <param name="Reason">Why; null when it did not say.</param>
/// <param name="DeterminedAt">When it was determined.</param>
/// <param name="InPersonBy">Until when it is to have seen the child; null when it was evaluated out.</param>
/// <param name="InPersonAt">When it has, as it says; null until then.</param>
public sealed record ReceiptResponse(string Level, [CodeOf(typeof(ResponseReasons))] string? Reason, DateTimeOffset DeterminedAt, DateTimeOffset? InPersonBy, DateTimeOffset? InPersonAt)
{
    /// <summary>What was determined last, since it was taken over last; null when nothing was.</summary>
    internal static ReceiptResponse? Of(IReadOnlyList<IHandoffEvent> own)
    {
        if (own.OfType<HandoffResponseDetermined>().MaxBy(e => e.At) is not { } determined)
            return null;
        return new(determined.Level, determined.Reason, determined.At, determined.InPersonBy, own.OfType<HandoffRespondedInPerson>().Where(e => e.At >= determined.At).MinBy(e => e.At)?.InPersonAt);
    }
}

/// <summary>Until when your call has the county see the child in person, as the county says: it runs beside what the county determines.</summary>
/// <param name="Rule">The limit's code in the county's pack, such as <c>ON_SCENE_RESPONSE</c>.</param>
/// <param name="Law">What it is from: the rule's id, kind, citation and status; null when the register does not have it any more.</param>
/// <param name="CalledAt">When you called: it runs from then.</param>
/// <param name="InPersonBy">Until when the county is to have seen the child.</param>
/// <param name="InPersonAt">When it has, as it says; null until then.</param>
public sealed record ReceiptCalledResponse(string Rule, CitedRule? Law, DateTimeOffset CalledAt, DateTimeOffset InPersonBy, DateTimeOffset? InPersonAt)
{
    /// <summary>That of the call that counts; null when none does.</summary>
    internal static ReceiptCalledResponse? Of(IReadOnlyList<IHandoffEvent> own, LawRegister law)
    {
        if (own.OfType<HandoffCallCounted>().MaxBy(e => e.At) is not { InPersonBy: { } by } counted)
            return null;
        // The county may have been there before the call was recorded.
        return new(counted.Rule, law.Cite(counted.Law) is [var rule, ..] ? rule : null, counted.CalledAt, by,
            own.OfType<HandoffRespondedInPerson>().Where(e => e.At >= counted.At || e.InPersonAt >= counted.CalledAt).MinBy(e => e.At)?.InPersonAt);
    }
}

/// <summary>The county's number for the telephone report, day and night.</summary>
/// <param name="Phone">The number.</param>
/// <param name="VerifiedAt">When somebody last checked it; null when nobody has.</param>
/// <param name="Stale">That is so long ago, or nobody has, that it may not be the right one any more.</param>
public sealed record ReceiptHotline(string Phone, DateOnly? VerifiedAt, bool Stale)
{
    /// <summary>A number as it is on a day.</summary>
    public static ReceiptHotline Of(string phone, DateOnly? verifiedAt, LawRegister law, DateOnly today) =>
        new(phone, verifiedAt, verifiedAt is not { } day || law.HavePassed(RuleUses.HotlineCheckLimit, day, today));
}
