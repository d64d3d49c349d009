using SafeHarbor.Intake.Retractions;

namespace SafeHarbor.Intake.Supplements;

/// <summary>What an agency adds to a report that it made, and that it takes one back.</summary>
internal static class SupplementsCapability
{
    public static void MapSupplements(this IEndpointRouteBuilder routes)
    {
        routes = routes.Capability("supplements", "What an agency adds to a report that it made, and that it takes one back.");
        routes.MapSupplementReport();
        routes.MapRetractReport();
    }
}
