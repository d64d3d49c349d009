using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Notices;

/// <summary>GET /v1/notices and /v1/notices/{id}.</summary>
internal static class ReadNotices
{
    public sealed record NoticeSummary(Guid Id, string Type, Guid EncounterId, Guid? ReportId, Guid Subject, string Link, string Urgency,
        DateTimeOffset? DueAt, DateTimeOffset RequestedAt, string State, string? Reason, DateTimeOffset? DeliveredAt);

    public sealed record DeliveryAnswer(Guid Id, Guid EndpointId, string State, string? Reason, DateTimeOffset? NextAttemptAt);

    public sealed record AttemptAnswer(Guid? DeliveryId, Guid? EndpointId, DateTimeOffset At, int? Status, string? Error, int? Milliseconds);

    public sealed record NoticeAnswer(NoticeSummary Notice, IReadOnlyList<DeliveryAnswer> Deliveries, IReadOnlyList<AttemptAnswer> Attempts);

    private static readonly Expression<Func<Notice, NoticeSummary>> Summarize = n => new NoticeSummary(n.Id, n.Type, n.EncounterId, n.ReportId, n.Subject, n.Link,
        n.Urgency, n.DueAt, n.RequestedAt, n.State, n.Reason, n.DeliveredAt);

    private static readonly Func<Notice, NoticeSummary> Summary = Summarize.Compile();

    public static void MapReadNotices(this IEndpointRouteBuilder routes)
    {
        var notices = routes.MapGroup("/v1/notices").RequireScope("endpoints.manage").WithTags("notices").RecordsNothing("Notices hold ids and urgency, and are what would be sent anyhow.");
        notices.MapGet("", ListAsync);
        notices.MapGet("{id:guid}", OneAsync);
    }

    private static async Task<Results<Ok<Page<NoticeSummary>>, ProblemHttpResult>> ListAsync(Caller caller, NotificationDb db, [AsParameters] PageQuery page,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<long>(errors) ?? 0;
        if (errors.Any)
            return errors.ToProblem();
        var organization = caller.Organization;
        var found = await db.Notices.Where(n => n.Organization == organization && n.Number > after).OrderBy(n => n.Number).Take(page.Size + 1).ToListAsync(cancellation);
        return TypedResults.Ok(page.Of(found, Summary, n => n.Number!.Value));
    }

    public static async Task<Results<Ok<NoticeAnswer>, ProblemHttpResult>> OneAsync(Guid id, Caller caller, NotificationDb db, CancellationToken cancellation)
    {
        var organization = caller.Organization;
        if (await db.Notices.Where(n => n.Id == id && n.Organization == organization).Select(Summarize).SingleOrDefaultAsync(cancellation) is not { } notice)
            return Problem.NotFound("notice");
        var deliveries = await db.Deliveries.Where(d => d.NoticeId == id).OrderBy(d => d.Id)
            .Select(d => new DeliveryAnswer(d.Id, d.EndpointId, d.State, d.Reason, d.State == DeliveryStates.Pending ? d.DueAt : null))
            .ToListAsync(cancellation);
        var attempts = await db.Entries.Where(e => e.NoticeId == id && e.Kind == JournalKinds.Attempted).OrderBy(e => e.Number)
            .Select(e => new AttemptAnswer(e.DeliveryId, e.EndpointId, e.At, e.Status, e.Error, e.Milliseconds)).ToListAsync(cancellation);
        return TypedResults.Ok(new NoticeAnswer(notice, deliveries, attempts));
    }
}
