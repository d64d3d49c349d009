using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Witnesses;
using SafeHarbor.Ledger.Witnesses.Outside;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Ledger;

/// <summary>Adds the ledger's chain to a service; its entries are written through units of work.</summary>
public static class LedgerRegistration
{
    /// <summary>Links and signs the ledger in the service's database (its <c>NpgsqlDataSource</c>), and gives what was signed to witnesses outside; see <c>Ledger:SigningKeyFile</c> and <c>Ledger:Witnesses</c>.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="ledger">The ledger's name, which is part of what is signed: the service's, or the node's.</param>
    public static void AddLedger(this WebApplicationBuilder builder, string ledger)
    {
        var services = builder.Services;
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<LedgerSettings>(provider, ledger));
        services.AddStartCheck<LedgerKeyCheck>();
        services.AddHostedService<Chainer>();
        services.AddSingleton(provider => new Witness(provider.GetRequiredService<LedgerSettings>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<WitnessWatch>();
        services.AddHostedService<WitnessWatcher>();
        services.AddHealthChecks().Add(new("ledger-witnesses", provider => provider.GetRequiredService<WitnessWatch>(), HealthStatus.Degraded, ["ready"]));
        services.AddSingleton<OutsideSettings>();
        services.AddStartCheck<OutsideSettings>();
        services.AddHostedService<OutsideWitnessing>();
    }
}
