using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary>What follows from a decision about where an encounter belongs. The state machine says when.</summary>
public sealed class DeskDecisions(CountyMap map, OpeningHandoffs handoffs, TimeProvider time)
{
    // Ours: it ends with the decision, and this is the net under that.
    private static readonly TimeSpan DeskReads = TimeSpan.FromDays(7);

    /// <summary>The desk may read what it decides by: the agency, its telephone, and the place as the officer stated it.</summary>
    public void Show(DeskItem item, UnitOfWork unit)
    {
        var now = time.GetUtcNow();
        foreach (var report in item.Reports)
            unit.Publish(new DisclosureGranted
            {
                EncounterId = item.EncounterId,
                At = now,
                ReportId = report.ReportId,
                GrantId = DeskGrant(item, report.ReportId),
                Organization = map.State.Organization,
                Tier = Tiers.Desk,
                LegalBasis = RuleUses.DeskGrant,
                ExpiresAt = now + DeskReads,
            });
    }

    /// <summary>A person at the desk decides, for the first time or anew: who was told to respond before does not any more.</summary>
    public void Assign(DeskItem item, AssignDeskItem decision, UnitOfWork unit)
    {
        var before = item.Told;
        Assigned(item, new(decision.Organization, time.GetUtcNow(), decision.By), unit);
        var county = map.OfOrganization(decision.Organization)!;
        var routing = Decide(item, Deciders.Desk, new() { AssignedCountyFips = county.Fips, Reports = item.Reports }, unit);
        if (item.Referral is { } referral)
            Settle(item, county, referral, unit);
        else
        {
            handoffs.Open(item.EncounterId, item.Urgency, routing, unit, item.CorrelationId, item.AssignedAt);
            // The county may have had a handoff in another role, or as a guess.
            Confirm(item, decision.Organization, RuleTexts.Desk(county), unit);
        }
        Withdraw(item, before, routing, unit);
        Follow(item, unit);
    }

    /// <summary>Counties did not agree: who had referred the report on keeps it, or is relieved once the county that was decided on has accepted.</summary>
    private void Settle(DeskItem item, County county, Referral referral, UnitOfWork unit)
    {
        if (county.Organization == item.Sender)
            Confirm(item, county.Organization, RuleTexts.Kept(county), unit, keeps: true);
        else
            foreach (var report in item.Reports)
                handoffs.OpenReferred(item.EncounterId, item.Urgency, report, new(county, Role.Responder, Bases.Desk, Confidences.Clear, null, RuleTexts.Desk(county)), referral, unit, item.AssignedAt!.Value, item.CorrelationId);
    }

    /// <summary>A county has accepted: it has the encounter, whatever was assigned meanwhile.</summary>
    public void Claim(DeskItem item, Organization organization, UnitOfWork unit)
    {
        var now = time.GetUtcNow();
        foreach (var report in item.Reports)
            unit.Publish(new DisclosureEnded { EncounterId = item.EncounterId, At = now, ReportId = report.ReportId, GrantId = DeskGrant(item, report.ReportId), Organization = map.State.Organization });
        if (item.AssignedOrganization == organization)
            return;
        var before = item.Told;
        Assigned(item, new(organization, now, By: null), unit);
        // Who was to respond does; it was only late, or that was never in doubt.
        if (item.Reason is UndeterminedReasons.CountySilent or UndeterminedReasons.NearStateLine && before == organization)
            return;
        // What it has accepted it has; the encounter's other children come with it.
        var county = map.OfOrganization(organization)!;
        var routing = Decide(item, Deciders.Claim, new() { ClaimedCountyFips = county.Fips, Reports = item.Reports }, unit);
        if (item.Referral is null)
            Confirm(item, organization, RuleTexts.Claimed(county), unit);
        Withdraw(item, before, routing, unit);
        handoffs.OpenFurther(item.EncounterId, item.Urgency, item.Reports, organization, unit, now);
        Follow(item, unit);
    }

    /// <summary>Whoever had to know because of the county that responded before, and has not because of the one that does now, is told that it need not any more.</summary>
    private void Follow(DeskItem item, UnitOfWork unit)
    {
        List<FurtherHandoff> now =
            [.. item.Reports.SelectMany(report => handoffs.Further(report, item.AssignedOrganization!).Reached, (report, recipient) => new FurtherHandoff(report.ReportId, recipient.Organization, recipient.Role))];
        foreach (var former in item.Further.Where(former => !now.Exists(still => (still.ReportId, still.Organization) == (former.ReportId, former.Organization))))
            unit.Publish(new HandoffWithdrawn
            {
                EncounterId = item.EncounterId,
                At = item.AssignedAt!.Value,
                ReportId = former.ReportId,
                HandoffId = HandoffIds.Handoff(former.ReportId, former.Organization),
                Organization = former.Organization,
                Role = former.Role,
            });
        // Who had referred the report on keeps whoever was told because of it: a later decision does not take that back.
        item.Further = item.AssignedOrganization == item.Sender ? [] : now;
    }

    private RoutingDecision.Determined Decide(DeskItem item, string decidedBy, JurisdictionFacts facts, UnitOfWork unit)
    {
        var routing = (RoutingDecision.Determined)Determination.Of(facts, map) with { OuterLines = item.OuterLines };
        unit.Add(JurisdictionDecision.Of(item.EncounterId, decidedBy, facts, routing, [], map, item.AssignedAt!.Value));
        return routing;
    }

    private static void Assigned(DeskItem item, DeskAssigned assigned, UnitOfWork unit)
    {
        (item.AssignedAt, item.AssignedBy, item.AssignedOrganization, item.Assignments) = (assigned.At, assigned.By, assigned.Organization, [.. item.Assignments, assigned]);
        unit.Publish(new JurisdictionAssigned { EncounterId = item.EncounterId, At = assigned.At, DeskItemId = item.CorrelationId, Organization = assigned.Organization, OuterLines = item.OuterLines is [] ? null : item.OuterLines });
    }

    private void Confirm(DeskItem item, Organization organization, RoutingRule rule, UnitOfWork unit, bool keeps = false)
    {
        foreach (var report in item.Reports)
            unit.Publish(new HandoffConfirmed
            {
                EncounterId = item.EncounterId,
                At = item.AssignedAt!.Value,
                ReportId = report.ReportId,
                HandoffId = HandoffIds.Handoff(report.ReportId, organization),
                Organization = organization,
                Child = report,
                Urgency = item.Urgency,
                Rule = rule.Text,
                Keeps = keeps,
                DeskItemId = item.CorrelationId,
                NotReached = handoffs.Further(report, organization).NotReached,
            });
    }

    private static void Withdraw(DeskItem item, Organization? before, RoutingDecision.Determined routing, UnitOfWork unit)
    {
        // Who has referred the report on has accepted it: it responds until another has.
        if (before is null || before == item.AssignedOrganization || before == item.Sender)
            return;
        foreach (var (report, recipients) in routing.Reports)
        {
            var remains = recipients.FirstOrDefault(recipient => recipient.Organization == before);
            unit.Publish(new HandoffWithdrawn
            {
                EncounterId = item.EncounterId,
                At = item.AssignedAt!.Value,
                ReportId = report.ReportId,
                HandoffId = HandoffIds.Handoff(report.ReportId, before),
                Organization = before,
                RemainsAs = remains?.Role,
                Rule = remains?.Rule.Text,
                Referral = item.Referral,
            });
        }
    }

    private static Guid DeskGrant(DeskItem item, Guid report) => DeterministicId.Of(item.CorrelationId, $"desk grant:{report}");
}
