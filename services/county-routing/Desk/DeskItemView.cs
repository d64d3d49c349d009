namespace SafeHarbor.CountyRouting.Desk;

/// <summary>An item as the desk sees it.</summary>
public sealed record DeskItemView(Guid DeskItemId, Guid EncounterId, string State, string Reason, string? SuggestedOrganization, string Urgency,
    DateTimeOffset OpenedAt, DateTimeOffset? AssignedAt, string? AssignedOrganization)
{
    internal static DeskItemView Of(DeskItem i) => new(i.CorrelationId, i.EncounterId, StateWord.Of(i.CurrentState), i.Reason, i.SuggestedOrganization,
        i.Urgency, i.OpenedAt, i.AssignedAt, i.AssignedOrganization);
}
