using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Notification.Notices;

/// <summary>One page, oldest first.</summary>
/// <param name="Items">What is on it.</param>
/// <param name="After">Give it as <c>?after=</c> to get what follows, now or later.</param>
internal sealed record Page<T>(IReadOnlyList<T> Items, long After);

internal static class NoticeRoutes
{
    private const int Usual = 50;
    private const int Most = 200;

    public static void MapNotices(this WebApplication app)
    {
        var notices = app.MapGroup("/v1/notices").RequireScope("endpoints.manage").WithTags("notices");
        notices.MapGet("", ReadNotices.PageAsync);
        notices.MapGet("{id:guid}", ReadNotices.OneAsync);
        notices.MapPost("{id:guid}/resend", ResendNotice.HandleAsync);
        app.MapGet("/v1/feed", ReadFeed.HandleAsync).RequireScope("feed.read").WithTags("notices");
    }

    /// <summary>Checks <c>after</c> and <c>limit</c>; null when they are fine.</summary>
    public static ProblemHttpResult? CheckPage(long? after, int? limit, out long from, out int count)
    {
        (from, count) = (after ?? 0, limit ?? Usual);
        var errors = new ValidationErrors();
        if (from < 0)
            errors.AddParameter("after", "out-of-range", "Give the 'after' of an earlier page, or leave it out for the first one.");
        if (count is < 1 or > Most)
            errors.AddParameter("limit", "out-of-range", $"Must be from 1 to {Most}.");
        return errors.Any ? errors.ToProblem() : null;
    }
}
