using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Notices;

/// <summary>POST /v1/notices/{noticeId}/resend: to every enabled endpoint of the organization, also to those that have it.</summary>
internal static class ResendNotice
{
    public static void MapResendNotice(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/notices/{noticeId:guid}/resend", HandleAsync).RequireScope("endpoints.manage")
        .Records(LedgerActions.NoticeResent).Repeatable("What is sent again has the same webhook-id.")
        .Problems(StatusCodes.Status409Conflict, "no-endpoint").WithName("ResendNotice");

    /// <summary>Sends a notice again to every enabled endpoint of the organization, also to those that have it.</summary>
    private static async Task<Results<Accepted<ReadNotices.NoticeAnswer>, ProblemHttpResult>> HandleAsync(Guid noticeId, Request request, NotificationDb db,
        Resending resending, CancellationToken cancellation)
    {
        var caller = request.Caller;
        var organization = caller.Organization;
        if (!await db.Notices.AnyAsync(n => n.Id == noticeId && n.Organization == organization && n.Number != null, cancellation))
            return Problem.NotFound("notice");
        var endpoints = await db.Endpoints.Of(caller).Where(e => e.State == EndpointStates.Enabled).Select(e => e.Id).ToListAsync(cancellation);
        if (endpoints.Count == 0)
            return Problem.Conflict("no-endpoint", "Your organization has no enabled endpoint. Register one with POST /v1/endpoints and test it, or enable one with POST /v1/endpoints/{endpointId}/enable; until then GET /v1/feed has the notice.");
        request.Records(noticeId);
        await resending.ResendAsync(caller, noticeId, endpoints, cancellation);
        return (await ReadNotices.OneAsync(noticeId, caller, db, cancellation)).Result is Ok<ReadNotices.NoticeAnswer> { Value: { } answer }
            ? TypedResults.Accepted($"/v1/notices/{noticeId}", answer)
            : Problem.NotFound("notice");
    }
}
