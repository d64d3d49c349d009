using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Sandboxing;

/// <summary>How a program knows whether it belongs to a sandbox, and says so.</summary>
public static class SandboxExtensions
{
    /// <summary>What the setting <c>Sandbox</c> says; without it, it is none.</summary>
    /// <exception cref="StartRefusedException">It is neither <c>true</c> nor <c>false</c>.</exception>
    public static Sandbox ReadSandbox(this IConfiguration configuration) =>
        configuration[Sandbox.Setting] is not { Length: > 0 } text ? new(false)
        : bool.TryParse(text, out var isOn) ? new(isOn)
        : throw new StartRefusedException($"{Sandbox.Setting} is neither true nor false. Set it to true where vendors try their integrations, and remove it everywhere else.");

    internal static void AddSandbox(this WebApplicationBuilder builder) => builder.Services.AddSingleton(builder.Configuration.ReadSandbox());

    /// <summary>Every answer of a sandbox says that it is one.</summary>
    internal static void UseSandbox(this WebApplication app)
    {
        if (app.Services.GetRequiredService<Sandbox>().IsOn)
            app.Use(next => context =>
            {
                // At the last moment, as the other headers: an answer that fails is begun anew without them.
                context.Response.OnStarting(Write, context);
                return next(context);
            });
    }

    private static Task Write(object state)
    {
        ((HttpContext)state).Response.Headers[Sandbox.Header] = "true";
        return Task.CompletedTask;
    }
}
