namespace SafeHarbor.Contracts.CaseServices;

/// <summary>Something that has happened to a child's need, or to an offer of it.</summary>
public interface INeedEvent : IReportEvent
{
    /// <summary>The need; the id of its saga.</summary>
    Guid NeedId { get; }
}
