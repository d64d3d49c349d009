using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sandboxing;

namespace SafeHarbor.Notification.Feed;

/// <summary>
/// GET /v1/feed: the caller's notices as CloudEvents, for who polls. None is missed: they are numbered in the order of commits. A feed has no end: its
/// <c>next</c> is always there, and leads to what comes later.
/// </summary>
internal static class ReadFeed
{
    public static void MapReadFeed(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/feed", HandleAsync).RequireScope("feed.read")
        .RecordsNothing("Notices hold ids and urgency, and are what would be sent anyhow.").WithName("ReadFeed");

    /// <summary>Gives the organization's notices as CloudEvents, in the order in which they were made, for who polls. None is missed. Asking for what comes after a notice says that it was received. A feed has no end: <c>next</c> is always there, and leads to what comes later.</summary>
    private static async Task<Results<Ok<Page<CloudEvent>>, ProblemHttpResult>> HandleAsync(Caller caller, NotificationDb db, FeedReaders readers, Sandbox sandbox, [AsParameters] PageQuery page,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<long>(errors) ?? 0;
        if (errors.Any)
            return errors.ToProblem();
        var organization = caller.Organization;
        var own = db.Notices.Where(n => n.Organization == organization && n.Number != null);
        var notices = await own.Where(n => n.Number > after).OrderBy(n => n.Number).Take(page.Size).ToListAsync(cancellation);
        // Numbers begin again when the database was restored from an older copy: who goes on behind the end would miss what comes.
        if (notices.Count == 0 && after > 0 && !await own.AnyAsync(n => n.Number == after, cancellation))
            return PageQuery.Unknown(errors).ToProblem();
        await readers.ReadAsync(organization, after, cancellation);
        return TypedResults.Ok(new Page<CloudEvent>([.. notices.Select(CloudEvent.Of).Select(e => e with { Test = sandbox.IsOn })], page.Cursor(notices.LastOrDefault()?.Number ?? after)));
    }
}
