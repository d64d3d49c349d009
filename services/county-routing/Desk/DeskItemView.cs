using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary>An item as the desk sees it. Of each report intake shows the desk the agency, its telephone and the stated place, until a county has accepted.</summary>
/// <param name="DeskItemId">The item.</param>
/// <param name="EncounterId">The encounter.</param>
/// <param name="ReportIds">Its reports, one for each child.</param>
/// <param name="State">How far it has come.</param>
/// <param name="Reason">Why a person must decide.</param>
/// <param name="SuggestedOrganization">The likely responder, which has been told and may claim it, or the one that does not answer; null when nothing makes any likely.</param>
/// <param name="PossibleOrganizations">Whose counties the stated city and ZIP code allow; empty when they say nothing.</param>
/// <param name="Between">The counties that do not agree, the one that responds until the desk has decided first; empty when that is not the reason.</param>
/// <param name="Referrals">How the report was referred on until they did not agree, or to the one that does not answer: who, whom to, why and when.</param>
/// <param name="OuterLines">Other states and countries that begin near the place, the nearest first. Nobody there is told by this system: whether somebody there is called, a person decides.</param>
/// <param name="Urgency">How fast somebody must act.</param>
/// <param name="DueAt">When the decision is due, and the desk is reminded; null when none is. The time is ours.</param>
/// <param name="DecideBy">Until when it was to be decided: from then on the desk is reminded. It stays when it was.</param>
/// <param name="OpenedAt">Since when it waits.</param>
/// <param name="AssignedAt">When it was decided last; null until then.</param>
/// <param name="AssignedOrganization">The county that was decided on; null until then.</param>
/// <param name="Assignments">Every county that was decided on, when and by whom, the first first.</param>
public sealed record DeskItemView(Guid DeskItemId, Guid EncounterId, IReadOnlyList<Guid> ReportIds, [StateOf(typeof(DeskItemMachine))] string State,
    [CodeOf(typeof(UndeterminedReasons))] string Reason, Organization? SuggestedOrganization,
    IReadOnlyList<Organization> PossibleOrganizations, IReadOnlyList<Organization> Between, IReadOnlyList<ReferralHop> Referrals, IReadOnlyList<OuterLine> OuterLines, [CodeOf(typeof(Urgencies))] string Urgency,
    DateTimeOffset? DueAt, DateTimeOffset DecideBy, DateTimeOffset OpenedAt, DateTimeOffset? AssignedAt, Organization? AssignedOrganization, IReadOnlyList<DeskAssigned> Assignments)
{
    /// <summary>What there is here to decide it by; null in the answer to a decision.</summary>
    public DeskGrounds? Grounds { get; init; }

    internal static DeskItemView Of(DeskItem i) => new(i.CorrelationId, i.EncounterId, [.. i.Reports.Select(r => r.ReportId)], StateWord.Of(i.CurrentState), i.Reason, i.SuggestedOrganization,
        i.PossibleOrganizations, i.BetweenOrganizations, i.Referral?.Hops ?? [], i.OuterLines, i.Urgency, i.DueAt, i.DecideBy, i.OpenedAt, i.AssignedAt, i.AssignedOrganization, i.Assignments);
}
