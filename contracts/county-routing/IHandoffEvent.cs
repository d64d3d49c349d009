namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Something that has happened to a county handoff.</summary>
public interface IHandoffEvent : IReportEvent
{
    /// <summary>The handoff; the id of its saga.</summary>
    Guid HandoffId { get; }
    /// <summary>The recipient county, five-digit FIPS.</summary>
    string CountyFips { get; }
    /// <summary>One of <see cref="Codes.Roles"/>.</summary>
    string Role { get; }
}
