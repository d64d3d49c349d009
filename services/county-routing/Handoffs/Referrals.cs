using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>What a handoff keeps and says when its report is referred on, from there or to there.</summary>
internal static class Referrals
{
    /// <summary>Whether it is the same time that the report was referred on: whoever keeps it may refer it on again.</summary>
    public static bool IsSame(this Referral? referral, Referral? other) => (referral?.HandoffId, referral?.Hops[^1].At) == (other?.HandoffId, other?.Hops[^1].At);

    /// <summary>The report is referred on; the next has the time to accept that its sender has itself.</summary>
    public static void Refer(this Handoff handoff, ReferOn asked, DateTimeOffset now)
    {
        handoff.Referrals = [.. handoff.Referrals, new(handoff.Organization, asked.To, asked.Reason, now)];
        handoff.ReferredTo = asked.To;
        handoff.NextAcceptBy = now.AddMinutes(handoff.Pack.AcceptWithinMinutes);
        handoff.DetermineBy = null;
        handoff.StopClimbing();
    }

    public static HandoffReferredOn ReferredOn(this Handoff handoff, CountyDirectory directory, DateTimeOffset now)
    {
        var part = handoff.PartOf(directory);
        return new()
        {
            EncounterId = handoff.EncounterId,
            At = now,
            ReportId = handoff.ReportId,
            HandoffId = handoff.CorrelationId,
            Organization = handoff.Organization,
            Hops = handoff.Referrals,
            RemainsAs = part?.Role,
            Rule = part?.Rule,
            Child = handoff.Child,
            Urgency = handoff.Urgency,
        };
    }

    /// <summary>The desk has decided that it keeps the report.</summary>
    public static void Keep(this Handoff handoff, HandoffConfirmed confirmed)
    {
        handoff.Confirm(confirmed);
        (handoff.ReferredTo, handoff.NextAcceptBy) = (null, null);
    }

    /// <summary>Another has accepted: it responds no longer, and has the part that the report gives it, if any.</summary>
    public static void HandOver(this Handoff handoff, HandoffTakenOver taken, CountyDirectory directory)
    {
        (handoff.ReferredTo, handoff.NextAcceptBy) = (taken.By, null);
        handoff.ForgetResponse();
        if (handoff.PartOf(directory) is var (role, rule))
            handoff.Have(role, rule);
    }

    /// <summary>Whether it is relieved by this: of the last time that it has referred the report on.</summary>
    public static bool IsRelievedBy(this Handoff handoff, HandoffTakenOver taken) =>
        handoff.Role == Role.Responder && handoff.Referrals is [.., var last] && (last.From, last.At) == (handoff.Organization, taken.ReferredAt);

    /// <summary>To who is responsible until now: the report was accepted here.</summary>
    public static HandoffTakenOver TakesOver(this Handoff handoff, DateTimeOffset now) =>
        TakenOver(handoff.Referral!, handoff.EncounterId, handoff.ReportId, handoff.CorrelationId, handoff.Organization, now);

    /// <summary>The same, of a report that had been accepted here before it was referred on to here.</summary>
    public static HandoffTakenOver TakenOverAlready(this HandoffOpened opened, DateTimeOffset now) =>
        TakenOver(opened.Referral!, opened.EncounterId, opened.ReportId, opened.HandoffId, opened.Organization, now);

    /// <summary>Whether it was accepted here as it is asked: the desk may have decided for it twice.</summary>
    public static bool HasAnswered(this Handoff handoff, HandoffOpened opened) => handoff.Referrals.Contains(opened.Referral!.Hops[^1]);

    /// <summary>One more refers it on to here.</summary>
    public static void AskToo(this Handoff handoff, HandoffOpened opened)
    {
        handoff.AlsoAsked = [.. handoff.AlsoAsked.Where(ask => !ask.Referral.IsSame(opened.Referral)), opened];
    }

    /// <summary>This one asks it no longer; when it was the first, the next one's turn comes.</summary>
    public static void Forget(this Handoff handoff, Referral? referral)
    {
        if (handoff.AlsoAsked is [var next, ..] && handoff.AcceptedAt is null && referral.IsSame(handoff.Referral))
            (handoff.ReferredBy, handoff.Referrals, handoff.Basis, handoff.Rule, handoff.DeskItemId, referral) =
                (next.Referral!.HandoffId, next.Referral.Hops, next.Basis, next.Rule, next.DeskItemId, next.Referral);
        handoff.AlsoAsked = [.. handoff.AlsoAsked.Where(ask => !ask.Referral.IsSame(referral))];
    }

    /// <summary>It was accepted here: whoever else had asked is relieved too.</summary>
    public static void RelieveOthers(this Handoff handoff, DateTimeOffset now, UnitOfWork unit) => handoff.RelieveOthers(handoff.Organization, handoff.CorrelationId, now, unit);

    /// <summary>Another has accepted it: whoever else had asked here is relieved too, unless that one has asked since.</summary>
    public static void RelieveOthers(this Handoff handoff, HandoffTakenOver taken, UnitOfWork unit) => handoff.RelieveOthers(taken.By, taken.ByHandoffId, taken.At, unit);

    private static void RelieveOthers(this Handoff handoff, Organization by, Guid byHandoff, DateTimeOffset at, UnitOfWork unit)
    {
        // Who has accepted it may have referred it on to here since, itself or over others: they all wait for this one, and are not relieved by it.
        bool IsSince(HandoffOpened ask) => ask.Referral!.Hops.Any(hop => hop.From == by && hop.At >= at);
        foreach (var ask in handoff.AlsoAsked.Where(ask => ask.Referral!.Hops[^1].From != by && !IsSince(ask)))
        {
            unit.Publish(TakenOver(ask.Referral!, handoff.EncounterId, handoff.ReportId, byHandoff, by, at));
            if (ask.DeskItemId is { } item)
                unit.Publish(handoff.Claimed(item, at) with { Organization = by });
        }
        handoff.AlsoAsked = [.. handoff.AlsoAsked.Where(IsSince)];
    }

    /// <summary>It is asked to respond, whatever it has done about the report before.</summary>
    public static void BeginAnew(this Handoff handoff, HandoffOpened opened, PackSnapshot pack, DateTimeOffset now)
    {
        handoff.Begin(opened, pack);
        handoff.AlsoAsked = [.. handoff.AlsoAsked.Where(ask => !ask.Referral.IsSame(opened.Referral))];
        (handoff.NotifiedAt, handoff.AcknowledgedAt, handoff.AcceptBy, handoff.AcceptedAt, handoff.AcceptedBy) = (null, null, null, null, null);
        (handoff.ReferredTo, handoff.NextAcceptBy, handoff.EscalationStep) = (null, null, 0);
        handoff.ForgetResponse();
        if (handoff.ReadsUntil > now)
            return;
        // What has ended stays so: another grant follows it.
        handoff.ReadsUntil = null;
        handoff.Renewals++;
    }

    /// <summary>It reads the report no longer, under none of the grants that it was given: those before a renewal may still run.</summary>
    public static void EndGrants(this Handoff handoff, DateTimeOffset now, UnitOfWork unit)
    {
        handoff.ReadsUntil = null;
        for (var renewal = 0; renewal <= handoff.Renewals; renewal++)
            unit.Publish(new DisclosureEnded
            {
                EncounterId = handoff.EncounterId,
                At = now,
                ReportId = handoff.ReportId,
                GrantId = handoff.GrantId(renewal),
                Organization = handoff.Organization,
            });
    }

    private static (Role Role, string Rule)? PartOf(this Handoff handoff, CountyDirectory directory) => directory.CountyOf(handoff.Organization) switch
    {
        { } county when handoff.Child.DependencyCountyFips == county.Fips => (Role.Dependency, RuleTexts.Dependency(county).Text),
        { } county when handoff.Child.ResidenceCountyFips == county.Fips => (Role.Residence, RuleTexts.Residence(county).Text),
        _ => null,
    };

    private static HandoffTakenOver TakenOver(Referral referral, Guid encounter, Guid report, Guid by, Organization organization, DateTimeOffset now) => new()
    {
        EncounterId = encounter,
        At = now,
        ReportId = report,
        HandoffId = referral.HandoffId,
        Organization = referral.Hops[^1].From,
        By = organization,
        ReferredAt = referral.Hops[^1].At,
        ByHandoffId = by,
    };
}
