namespace SafeHarbor.CountyRouting.Desk;

/// <summary>An item as the desk sees it.</summary>
public sealed record DeskItemView(Guid DeskItemId, Guid EncounterId, string State, string Reason, string? SuggestedCountyFips, string Urgency,
    DateTimeOffset OpenedAt, DateTimeOffset? AssignedAt, string? AssignedCountyFips)
{
    internal static DeskItemView Of(DeskItem i) => new(i.CorrelationId, i.EncounterId, StateWord.Of(i.CurrentState), i.Reason, i.SuggestedCountyFips,
        i.Urgency, i.OpenedAt, i.AssignedAt, i.AssignedCountyFips);
}
