namespace SafeHarbor.CountyRouting.Desk;

/// <summary>An item as the desk sees it. Of each report intake shows the desk the agency, its telephone and the stated place, until a county has accepted.</summary>
public sealed record DeskItemView(Guid DeskItemId, Guid EncounterId, IReadOnlyList<Guid> ReportIds, string State, string Reason, Organization? SuggestedOrganization,
    IReadOnlyList<Organization> PossibleOrganizations, string Urgency, DateTimeOffset OpenedAt, DateTimeOffset? AssignedAt, Organization? AssignedOrganization)
{
    internal static DeskItemView Of(DeskItem i) => new(i.CorrelationId, i.EncounterId, [.. i.Reports.Select(r => r.ReportId)], StateWord.Of(i.CurrentState), i.Reason, i.SuggestedOrganization,
        i.PossibleOrganizations, i.Urgency, i.OpenedAt, i.AssignedAt, i.AssignedOrganization);
}
