using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using SafeHarbor.Documentation;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Api;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Health;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Json;
using SafeHarbor.ServiceDefaults.Limits;
using SafeHarbor.ServiceDefaults.Problems;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.ServiceDefaults.States;
using SafeHarbor.ServiceDefaults.Telemetry;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.ServiceDefaults;

/// <summary>
/// What every service has in common: telemetry, health, access, limits, problem details, strict JSON, sealing, hosting, the state, the sandbox and the OpenAPI document.
/// A service calls <see cref="AddServiceDefaults"/> and <see cref="UseServiceDefaults"/> and nothing else for these.
/// </summary>
public static class ServiceDefaultsExtensions
{
    /// <summary>
    /// Registers everything. Settings are read when the service starts, not here, so that a command such as <c>migrate</c>,
    /// which builds the application without starting it, needs only the settings that it uses.
    /// </summary>
    /// <param name="builder">The service's builder.</param>
    /// <param name="service">The service's name as in <c>intake</c> or <c>county-routing</c>; it names the telemetry and the OpenAPI document.</param>
    public static WebApplicationBuilder AddServiceDefaults(this WebApplicationBuilder builder, string service)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(service);
        builder.AddHosting(service);
        builder.AddState();
        builder.AddSandbox();
        builder.AddTls();
        builder.AddLogsAndTelemetry(service);
        builder.AddHealth();
        builder.AddAccess();
        builder.AddLimits();
        builder.AddProblems();
        builder.AddStrictJson();
        builder.AddSealing();
        builder.AddApiDocument(service);
        return builder;
    }

    /// <summary>
    /// Puts the middleware in order and maps <c>/health/live</c>, <c>/health/ready</c>, <c>/openapi/v1.json</c> and <c>/problems/{name}</c>, in
    /// development <c>/docs</c> too. Call it first, then map the endpoints; the service does not start when one of them has neither <c>RequireScope</c> nor <c>AllowAnonymous</c>.
    /// </summary>
    public static WebApplication UseServiceDefaults(this WebApplication app)
    {
        app.UseConnectionDoor();
        app.UseMiddleware<RequestSpan>();
        app.UseSecurityHeaders();
        app.UseSandbox();
        app.UseProblems();
        app.UseRouting();
        app.UseRequestTimeouts();
        app.UseAccess();
        app.UseMiddleware<QueryCheck>();
        app.UseMiddleware<BodyReading>();
        app.MapHealth();
        app.MapApiDocument();
        app.MapProblemPages();
        if (app.Environment.IsDevelopment())
            MapDocumentation(app);
        return app;
    }

    // Not inlined: elsewhere the assembly with the documents and their libraries is not even loaded.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void MapDocumentation(WebApplication app) => app.MapDocumentation(app.Services.GetRequiredService<ServiceName>().Text);
}
