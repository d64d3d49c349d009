using SafeHarbor.Notification.Feed;

namespace SafeHarbor.Notification.Notices;

/// <summary>What organizations are told, and how the telling goes.</summary>
internal static class NoticesCapability
{
    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("notices", "What an organization was told, how far it is, and the feed for who polls.");
        routes.MapReadNotices();
        routes.MapResendNotice();
        routes.MapReadFeed();
    }
}
