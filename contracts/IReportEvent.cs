namespace SafeHarbor.Contracts;

/// <summary>Something that has happened to one report of an encounter, which is about one child.</summary>
public interface IReportEvent : IEncounterEvent
{
    /// <summary>The report (child) that it is about; given out by intake.</summary>
    Guid ReportId { get; }
}
