using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Timeline;

namespace SafeHarbor.Intake.Receipts;

/// <summary>A county that must take over a report, or know of it, and how far it has come.</summary>
public sealed record ReceiptHandoff(
    Guid HandoffId, string? CountyFips, string? County, string? Role, string State, bool Escalated, string? Basis, string? Confidence,
    double? DistanceToLineMeters, string? Rule, ReceiptHotline? Hotline, DateTimeOffset? AcknowledgeBy)
{
    public const string Open = "OPEN";
    public const string Notified = "NOTIFIED";
    public const string Acknowledged = "ACKNOWLEDGED";
    public const string Accepted = "ACCEPTED";

    /// <summary>A report's handoffs, the responder's first.</summary>
    public static IEnumerable<ReceiptHandoff> Of(Report report, IReadOnlyList<TimelineEntry> timeline) => timeline
        .Where(e => e.ReportId == report.ReportId && e.Id("handoffId") is not null)
        .GroupBy(e => e.Id("handoffId")!.Value)
        .Select(events => Of(events.Key, [.. events], timeline))
        .OrderByDescending(h => h.Role == Roles.Responder);

    private static ReceiptHandoff Of(Guid id, IReadOnlyList<TimelineEntry> events, IReadOnlyList<TimelineEntry> timeline)
    {
        // Whatever came first tells the county and the role; the opening tells the rest.
        var opened = events.FirstOrDefault(e => e.Is<HandoffOpened>());
        var any = opened ?? events[0];
        var state = events.Any(e => e.Is<HandoffAccepted>()) ? Accepted
            : events.Any(e => e.Is<HandoffAcknowledged>()) ? Acknowledged
            // A notice to another rung of the ladder says nothing about whether the county itself has been told.
            : timeline.Any(e => e.Is<NoticeDelivered>() && e.Id("requestedBy") == id && e.Text("organization") == $"county:{any.Text("countyFips")}") ? Notified
            : Open;
        return new(id, any.Text("countyFips"), opened?.Text("county"), any.Text("role"), state, events.Any(e => e.Is<HandoffEscalated>()),
            opened?.Text("basis"), opened?.Text("confidence"), opened?.Fact<double>("distanceToLineMeters"), opened?.Text("rule"),
            opened?.Text("hotlinePhone") is { } phone ? new(phone, opened.Fact<DateOnly>("hotlineVerifiedAt")) : null,
            opened?.Fact<DateTimeOffset>("acknowledgeBy"));
    }
}

public sealed record ReceiptHotline(string Phone, DateOnly? VerifiedAt);
