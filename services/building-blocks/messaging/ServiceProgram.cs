using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Contracts;
using SafeHarbor.Ledger;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.Messaging.Witnessing;
using SafeHarbor.ServiceDefaults;
using SafeHarbor.ServiceDefaults.Api;

namespace SafeHarbor.Messaging;

/// <summary>The shape of every service's program: what all have in common, its handlers, its capabilities, their routes.</summary>
public static class ServiceProgram
{
    /// <summary>Adds what every service has: the defaults, messaging over its database, the ledger.</summary>
    /// <typeparam name="TDb">The service's EF Core context: reads and model.</typeparam>
    /// <param name="builder">The service.</param>
    /// <param name="service">Its name.</param>
    /// <param name="handlers">Names the handler of each of its queues.</param>
    public static void AddService<TDb>(this WebApplicationBuilder builder, string service, Action<Handlers> handlers) where TDb : ServiceDb
    {
        builder.AddServiceDefaults(service);
        builder.AddMessaging<TDb>(service, queues =>
        {
            handlers(queues);
            queues.Consumer<WitnessConsumer>(Queues.WitnessOf(service));
        });
        var node = NodeSettings.Read(builder.Configuration);
        builder.AddLedger(node?.Service ?? service);
        builder.Services.AddWitnessing(isNode: node is not null);
    }

    /// <summary>Builds the service and maps its capabilities' routes, each of which does what it declares, beside those that every service has.</summary>
    public static WebApplication BuildService(this WebApplicationBuilder builder, Action<IEndpointRouteBuilder> capabilities)
    {
        var app = builder.Build();
        app.UseServiceDefaults();
        var routes = DeclaredEndpoints.Group(app);
        capabilities(routes);
        routes.MapParked();
        routes.MapLedger();
        return app;
    }

    /// <summary>
    /// Runs the service, or with the argument <c>migrate</c> prepares what it needs, with <c>openapi</c> writes its API's document, with <c>messages</c> the schemas
    /// of all messages, and ends.
    /// </summary>
    /// <param name="app">The service.</param>
    /// <param name="args">The process's arguments.</param>
    /// <param name="migrateFurther">Prepares what this service needs besides.</param>
    public static async Task RunServiceAsync<TDb>(this WebApplication app, string[] args, Func<WebApplication, Task>? migrateFurther = null) where TDb : DbContext
    {
        if (args.Contains("openapi"))
            await Console.Out.WriteAsync(await WrittenDocument.OfAsync(app));
        else if (args.Contains("messages"))
            await Console.Out.WriteAsync(await WrittenDocument.OfTypesAsync(Subscriptions.All.SelectMany(s => s.Messages).Distinct(), WireFormat.Json));
        else if (!await app.MigrateWhenAskedAsync<TDb>(args))
            await app.RunAsync();
        else if (migrateFurther is not null)
            await migrateFurther(app);
    }
}
