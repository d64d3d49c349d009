namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Something that has happened to a handoff.</summary>
public interface IHandoffEvent : IReportEvent
{
    /// <summary>The handoff; the id of its saga.</summary>
    Guid HandoffId { get; }
    /// <summary>The recipient, such as <c>county:06037</c>.</summary>
    Organization Organization { get; }
    /// <summary>Why it gets the handoff.</summary>
    Codes.Role Role { get; }
}
