using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Ledger;

/// <summary>Adds the ledger's chain to a service; its entries are written through units of work.</summary>
public static class LedgerRegistration
{
    /// <summary>Links and signs the ledger in the service's database (its <c>NpgsqlDataSource</c>); see <c>Ledger:SigningKeyFile</c>.</summary>
    /// <param name="builder">The service.</param>
    /// <param name="service">Its name, which is part of what is signed.</param>
    public static void AddLedger(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton(services => ActivatorUtilities.CreateInstance<LedgerSettings>(services, service));
        builder.Services.AddStartCheck<LedgerKeyCheck>();
        builder.Services.AddHostedService<Chainer>();
    }
}
