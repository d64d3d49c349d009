namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>Ids of what routing opens: routing the same encounter twice gives the same ones.</summary>
public static class HandoffIds
{
    /// <summary>The handoff of a report to a county; there is one, whatever its role.</summary>
    public static Guid Handoff(Guid reportId, string countyFips) => DeterministicId.Of(reportId, $"handoff:county:{countyFips}");

    /// <summary>The desk item of an encounter.</summary>
    public static Guid DeskItem(Guid encounterId) => DeterministicId.Of(encounterId, "desk");
}
