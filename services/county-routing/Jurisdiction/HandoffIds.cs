namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>Ids of what routing opens: routing the same encounter twice gives the same ones.</summary>
public static class HandoffIds
{
    /// <summary>The handoff of a report to an organization; there is one, whatever its role.</summary>
    public static Guid Handoff(Guid reportId, Organization organization) => DeterministicId.Of(reportId, $"handoff:{organization}");

    /// <summary>The desk item of an encounter.</summary>
    public static Guid DeskItem(Guid encounterId) => DeterministicId.Of(encounterId, "desk");
}
