using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>Ids of what routing opens: routing the same encounter twice gives the same ones.</summary>
public static class HandoffIds
{
    /// <summary>The handoff of a report to an organization; there is one, whatever its role.</summary>
    public static Guid Handoff(Guid reportId, Organization organization) => DeterministicId.Of(reportId, $"handoff:{organization}");

    /// <summary>The desk item of an encounter.</summary>
    public static Guid DeskItem(Guid encounterId) => DeterministicId.Of(encounterId, "desk");

    /// <summary>The desk item about counties that do not agree: one for each time that the report was referred on from a handoff.</summary>
    public static Guid Dispute(Guid handoffId, IReadOnlyCollection<ReferralHop> hops) => DeterministicId.Of(handoffId, $"dispute:{hops.Count}");

    /// <summary>The desk item about a recipient that does not answer: one for each time that its handoff was opened.</summary>
    public static Guid Silent(Guid handoffId, DateTimeOffset openedAt) => DeterministicId.Of(handoffId, $"silent:{openedAt:O}");
}
