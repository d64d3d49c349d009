using SafeHarbor.Contracts;
using SafeHarbor.CountyRouting.Desk;
using SafeHarbor.CountyRouting.Directory;
using SafeHarbor.CountyRouting.Handoffs;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("county-routing");
builder.Services.AddSingleton<CountyDirectory>();
builder.Services.AddSingleton<OpeningHandoffs>();
builder.Services.AddHostedService<DirectoryLoader>();
builder.Services.AddHealthChecks().AddCheck<DirectoryHealth>("county-directory", tags: ["ready"]);
builder.AddMessaging<CountyRoutingDb>("county-routing", handlers => handlers
    .Consumer<RouteEncounter>(Queues.Jurisdiction)
    .Saga<HandoffMachine, Handoff>(Queues.Handoff)
    .Saga<DeskItemMachine, DeskItem>(Queues.Desk));
builder.AddLedger("county-routing");

var app = builder.Build();
if (await app.MigrateWhenAskedAsync<CountyRoutingDb>(args))
    return;

app.UseServiceDefaults();
app.MapExplainJurisdiction();
app.MapCounties();
app.MapReadHandoffs();
app.MapActOnHandoff();
app.MapDesk();
app.MapParked();
app.MapLedger();
app.Run();
