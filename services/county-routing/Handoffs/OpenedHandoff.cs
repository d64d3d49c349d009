using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>
/// That a handoff was opened, as routing knows it, which opens all of them: the handoff itself may be kept by a node. By it everybody who was given a report is found again. It never changes.
/// </summary>
public sealed class OpenedHandoff
{
    public Guid HandoffId { get; set; }
    public Guid ReportId { get; set; }
    public Organization Organization { get; set; } = null!;

    public static OpenedHandoff Of(HandoffOpened opened) => new() { HandoffId = opened.HandoffId, ReportId = opened.ReportId, Organization = opened.Organization };
}
