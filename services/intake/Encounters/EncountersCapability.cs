using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Duplicates;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.Intake.Supplements;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.Messaging.Replicas;
using SafeHarbor.ServiceDefaults.Comparing;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Encounters;

/// <summary>Encounters: reported, followed, and the telephone call that is owed for each.</summary>
internal static class EncountersCapability
{
    public static void AddEncounters(this IServiceCollection services)
    {
        services.AddSingleton<ClockRules>();
        services.AddSingleton<TimelineNews>();
        services.AddSingleton<Acceptance>();
        services.AddReplica<Hotlines>("hotlines");
        services.AddReplica<Coverage>("coverage");
        services.AddSingleton<ShortfallRules>();
        services.AddSingleton<ReceiptReader>();
        services.AddSingleton<EarlierReports>();
        services.AddSingleton<ReportEncounter>();
        services.AddStartCheck<CanonicalTextCheck>();
        services.AddStartCheck<PlacesCheck>();
    }

    public static void MapEncounters(this IEndpointRouteBuilder routes)
    {
        routes.MapSupplements();
        routes = routes.Capability("encounters", "Encounters: reported, followed, and the telephone call that is owed for each.");
        routes.MapReportEncounter();
        routes.MapValidateEncounter();
        routes.MapReadEncounters();
        routes.MapTelephoneReports();
    }
}
