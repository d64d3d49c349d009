namespace SafeHarbor.Notification.Notices;

/// <summary>What organizations are told, and how the telling goes.</summary>
internal static class NoticesCapability
{
    public static void MapNotices(this IEndpointRouteBuilder routes)
    {
        routes.MapReadNotices();
        routes.MapResendNotice();
        routes.MapReadFeed();
    }
}
