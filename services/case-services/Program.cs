using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Offers;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.CaseServices.Referrals;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.Contracts;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults("case-services");
builder.AddMessaging<CaseServicesDb>("case-services", handlers => handlers
    .Consumer<Referral>(Queues.Referral)
    .Saga<NeedMachine, Need>(Queues.Need));
builder.AddLedger("case-services");
builder.Services.AddSingleton<ProviderDirectory>();
builder.Services.AddSingleton<SampleProviders>();
builder.Services.AddSingleton(services => Reminders.From(services.GetRequiredService<IConfiguration>()));
builder.Services.AddSingleton<Offering>();
builder.Services.AddHostedService<DirectoryReloading>();
builder.Services.AddHealthChecks().AddCheck<DirectoryHealth>("provider-directory", tags: ["ready"]);

var app = builder.Build();
if (await app.MigrateWhenAskedAsync<CaseServicesDb>(args))
    return;
app.UseServiceDefaults();
ReadOffers.Map(app);
AnswerOffer.Map(app);
ReadNeeds.Map(app);
FollowThrough.Map(app);
ReadProviders.Map(app);
WriteProvider.Map(app);
ReportCapacity.Map(app);
app.MapParked();
app.MapLedger();
await app.RunAsync();
