using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
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

    /// <summary>Maps <c>GET /v1/ledger/checkpoints</c>; it needs the scope <c>audit.read</c>.</summary>
    public static void MapLedger(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/ledger/checkpoints", ReadCheckpoints.HandleAsync)
        .RequireScope("audit.read", kinds: "county state:ca").RecordsNothing("It shows hashes and signatures, of no record.").WithTags("operations").WithName("ListCheckpoints");
}
