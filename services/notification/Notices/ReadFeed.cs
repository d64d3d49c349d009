using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Notification.Notices;

/// <summary>GET /v1/feed: the caller's notices as CloudEvents, for who polls. None is missed: they are numbered in the order of commits.</summary>
internal static class ReadFeed
{
    public static async Task<Results<Ok<Page<CloudEvent>>, ProblemHttpResult>> HandleAsync(Caller caller, NotificationDb db,
        long? after, int? limit, CancellationToken cancellation)
    {
        if (NoticeRoutes.CheckPage(after, limit, out var from, out var count) is { } problem)
            return problem;
        var organization = caller.Organization.Text;
        var notices = await db.Notices.Where(n => n.Organization == organization && n.Number > from).OrderBy(n => n.Number).Take(count)
            .ToListAsync(cancellation);
        return TypedResults.Ok(new Page<CloudEvent>([.. notices.Select(CloudEvent.Of)], notices.LastOrDefault()?.Number ?? from));
    }
}
