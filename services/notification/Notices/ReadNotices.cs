using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Notices;

/// <summary>GET /v1/notices and /v1/notices/{noticeId}.</summary>
internal static class ReadNotices
{
    /// <summary>A notice to an organization.</summary>
    /// <param name="NoticeId">The notice.</param>
    /// <param name="Type">What has happened, by the name of the event: <c>handoff.opened.v1</c>.</param>
    /// <param name="EncounterId">The encounter; null when it is about the system itself.</param>
    /// <param name="ReportId">The report; null when it is about none.</param>
    /// <param name="Subject">What it is about: a handoff, an offer, a need.</param>
    /// <param name="Link">Where that is read.</param>
    /// <param name="Urgency">How fast somebody must act.</param>
    /// <param name="DueAt">Until when something is to be done; null when nothing is due.</param>
    /// <param name="Duty">Whom at the organization it is for; null when it is for the organization as such.</param>
    /// <param name="Drill">It is about a drill: nobody was encountered.</param>
    /// <param name="RequestedAt">When it was asked for.</param>
    /// <param name="State">How far it is.</param>
    /// <param name="Reason">Why it could not be delivered; null when it could, or is under way.</param>
    /// <param name="DeliveredAt">When the first endpoint took it, or it was read in the feed; null until then.</param>
    public sealed record NoticeSummary(Guid NoticeId, string Type, Guid? EncounterId, Guid? ReportId, Guid Subject, string Link, [CodeOf(typeof(Urgencies))] string Urgency,
        DateTimeOffset? DueAt, [CodeOf(typeof(Duties))] string? Duty, bool Drill, DateTimeOffset RequestedAt, [CodeOf(typeof(NoticeStates))] string State, [CodeOf(typeof(UndeliverableReasons))] string? Reason, DateTimeOffset? DeliveredAt);

    /// <summary>A notice on its way to an endpoint.</summary>
    /// <param name="DeliveryId">The delivery: <c>webhook-id</c> of every attempt.</param>
    /// <param name="EndpointId">To which endpoint.</param>
    /// <param name="State">How far it is.</param>
    /// <param name="Reason">Why it was given up; null when it was not.</param>
    /// <param name="NextAttemptAt">When it is attempted next; null when it is not.</param>
    public sealed record DeliveryAnswer(Guid DeliveryId, Guid EndpointId, [CodeOf(typeof(DeliveryStates))] string State, [CodeOf(typeof(UndeliverableReasons))] string? Reason, DateTimeOffset? NextAttemptAt);

    /// <summary>An attempt to deliver.</summary>
    /// <param name="DeliveryId">Of which delivery.</param>
    /// <param name="EndpointId">To which endpoint.</param>
    /// <param name="At">When.</param>
    /// <param name="Status">HTTP status of the answer; null when there was none.</param>
    /// <param name="Error">Why there was none; null when there was one.</param>
    /// <param name="Milliseconds">How long it took.</param>
    public sealed record AttemptAnswer(Guid? DeliveryId, Guid? EndpointId, DateTimeOffset At, int? Status, [CodeOf(typeof(AttemptErrors))] string? Error, int? Milliseconds);

    /// <summary>A notice with what became of it.</summary>
    /// <param name="Notice">The notice.</param>
    /// <param name="Deliveries">To which endpoints it goes.</param>
    /// <param name="Attempts">What was tried, the oldest first.</param>
    public sealed record NoticeAnswer(NoticeSummary Notice, IReadOnlyList<DeliveryAnswer> Deliveries, IReadOnlyList<AttemptAnswer> Attempts);

    private static readonly string[] States = [NoticeStates.Requested, NoticeStates.Sending, NoticeStates.Failing, NoticeStates.InFeed, NoticeStates.Delivered, NoticeStates.Undeliverable];

    private static readonly WorkList<Notice> List = new(nameof(Notice.DeliverBy), nameof(Notice.RequestedAt), nameof(Notice.Id),
        open: n => n.State == NoticeStates.Requested || n.State == NoticeStates.Sending || n.State == NoticeStates.Failing || n.State == NoticeStates.InFeed);

    private static readonly Expression<Func<Notice, NoticeSummary>> Summarize = n => new NoticeSummary(n.Id, n.Type, n.EncounterId, n.ReportId, n.Subject, n.Link,
        n.Urgency, n.DueAt, n.Duty, n.Drill, n.RequestedAt, n.State, n.Reason, n.DeliveredAt);

    private static readonly Func<Notice, NoticeSummary> Summary = Summarize.Compile();

    public static void MapReadNotices(this IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/v1/notices").RequireScope("endpoints.manage").RecordsNothing("Notices hold ids and urgency, and are what would be sent anyhow.");
        notices.MapGet("", ListAsync).WithName("ListNotices");
        notices.MapGet("{noticeId:guid}", OneAsync).WithName("GetNotice");
    }

    /// <summary>Lists the organization's notices: what is under way and due soonest first, the rest after it, the newest first.</summary>
    /// <param name="state">Only those in this state.</param>
    /// <param name="urgency">Only those of this urgency.</param>
    /// <param name="reportId">Only those about this report.</param>
    private static async Task<Results<Ok<Page<NoticeSummary>>, ProblemHttpResult>> ListAsync(Caller caller, NotificationDb db, [AsParameters] PageQuery page, [AsParameters] WorkQuery work,
        [CodeOf(typeof(NoticeStates))] string? state, [CodeOf(typeof(Urgencies))] string? urgency, Guid? reportId, CancellationToken cancellation)
    {
        var errors = new ValidationErrors().Check("state", state, States).Check("urgency", urgency, Urgencies.All);
        var after = WorkPosition.After(page, errors);
        if (errors.Any)
            return errors.ToProblem();
        var organization = caller.Organization;
        var notices = db.Notices.Where(n => n.Organization == organization);
        if (state is not null)
            notices = notices.Where(n => n.State == state);
        if (urgency is not null)
            notices = notices.Where(n => n.Urgency == urgency);
        if (reportId is not null)
            notices = notices.Where(n => n.ReportId == reportId);
        var found = await List.ReadAsync(notices, work, after, page.Size + 1, cancellation);
        return TypedResults.Ok(page.Of(found, Summary, n => new WorkPosition(n.DeliverBy, n.RequestedAt, n.Id).Key));
    }

    /// <summary>Shows a notice with its deliveries and attempts.</summary>
    public static async Task<Results<Ok<NoticeAnswer>, ProblemHttpResult>> OneAsync(Guid noticeId, Caller caller, NotificationDb db, CancellationToken cancellation)
    {
        var organization = caller.Organization;
        if (await db.Notices.Where(n => n.Id == noticeId && n.Organization == organization).Select(Summarize).SingleOrDefaultAsync(cancellation) is not { } notice)
            return Problem.NotFound("notice");
        var deliveries = await db.Deliveries.Where(d => d.NoticeId == noticeId).OrderBy(d => d.Id)
            .Select(d => new DeliveryAnswer(d.Id, d.EndpointId, d.State, d.Reason, d.State == DeliveryStates.Pending ? d.DueAt : null))
            .ToListAsync(cancellation);
        var attempts = await db.Entries.Where(e => e.NoticeId == noticeId && e.Kind == JournalKinds.Attempted).OrderBy(e => e.Number)
            .Select(e => new AttemptAnswer(e.DeliveryId, e.EndpointId, e.At, e.Status, e.Error, e.Milliseconds)).ToListAsync(cancellation);
        return TypedResults.Ok(new NoticeAnswer(notice, deliveries, attempts));
    }
}
