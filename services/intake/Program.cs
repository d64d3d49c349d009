using SafeHarbor.Contracts;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Disclosure;
using SafeHarbor.Intake.EmergencyAccesses;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Oversight;
using SafeHarbor.Intake.Retention;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.ServiceDefaults;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake;

public static class Program
{
    public static async Task Main(string[] args)
    {
        var app = Build(WebApplication.CreateBuilder(args));
        if (await app.MigrateWhenAskedAsync<IntakeDb>(args))
            await app.MigrateKeysAsync();
        else
            await app.RunAsync();
    }

    /// <summary>The whole service; tests give it a builder with their own settings.</summary>
    internal static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.AddServiceDefaults("intake");
        builder.AddMessaging<IntakeDb>("intake", handlers => handlers
            .Recorder(Queues.Timeline, typeof(TimelineConsumer<>))
            .Recorder<GrantConsumer>(Queues.Disclosure)
            .Saga<ReportClockMachine, ReportClock>(Queues.ReportClock)
            .Saga<EmergencyAccessMachine, EmergencyAccess>(Queues.EmergencyAccess));
        builder.AddLedger("intake");
        builder.Services.AddHostedService<ReadingWatch>();
        builder.Services.RequireSealing();
        builder.AddKeys();
        builder.Services.AddSingleton<EmergencyAccessRules>();
        builder.Services.AddEncounters();
        builder.Services.AddRetention();

        var app = builder.Build();
        app.UseServiceDefaults();
        app.MapEncounters();
        app.MapTelephoneReports();
        app.MapDisclosure();
        app.MapKeys();
        app.MapEmergencyAccesses();
        app.MapUnusualReadings();
        app.MapRetention();
        app.MapParked();
        app.MapLedger();
        return app;
    }
}
