using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Disclosure;
using SafeHarbor.Intake.EmergencyAccesses;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Oversight;
using SafeHarbor.Intake.Retention;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.Intake.Whereabouts;
using SafeHarbor.Intake.Workers;

namespace SafeHarbor.Intake;

internal static class Program
{
    public static Task Main(string[] args) => Build(WebApplication.CreateBuilder(args)).RunServiceAsync<IntakeDb>(args, KeysRegistration.MigrateKeysAsync);

    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddService<IntakeDb>(Contracts.Services.Intake, handlers => handlers
            .Recorder(Queues.Timeline, typeof(TimelineConsumer<>)).Recorder<GrantConsumer>(Queues.Disclosure)
            .Consumer<CoverageConsumer>(Queues.Coverage).Consumer<ReportDrill>(Queues.DrillReport)
            .Saga<ReportClockMachine, ReportClock>(Queues.ReportClock)
            .Saga<EmergencyAccessMachine, EmergencyAccess>(Queues.EmergencyAccess));
        builder.AddKeys();
        builder.Services.AddEncounters();
        builder.Services.AddDisclosure();
        builder.Services.AddEmergencyAccesses();
        builder.Services.AddRetention();
        builder.Services.AddOversight();
        return builder.BuildService(routes =>
        {
            routes.MapEncounters();
            routes.MapWhereabouts();
            routes.MapWorkers();
            routes.MapDisclosure();
            routes.MapEmergencyAccesses();
            routes.MapOversight();
            routes.MapRetention();
            routes.MapKeys();
        });
    }
}
