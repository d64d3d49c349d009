using System.CommandLine;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Verbs;

/// <summary>Writes docs/api: the OpenAPI documents that the built services serve. Nothing has to run.</summary>
internal static class ApiVerb
{
    // A service asks for these before it knows that it only writes; it connects to none of them.
    private static readonly Dictionary<string, string?> Placeholders = new()
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ConnectionStrings__Database"] = "Host=localhost",
        ["ConnectionStrings__Keys"] = "Host=localhost",
        ["ConnectionStrings__Broker"] = "amqp://localhost",
    };

    public static Command Create(Checkout checkout)
    {
        var command = new Command("api", "Writes docs/api, the services' OpenAPI documents, anew.");
        command.SetAction(async (_, cancellationToken) =>
        {
            foreach (var kind in ServiceKind.All)
                await File.WriteAllTextAsync(FileOf(checkout, kind), await ReadAsync(checkout, kind, cancellationToken), cancellationToken);
        });
        return command;
    }

    internal static string FileOf(Checkout checkout, ServiceKind kind) => Path.Combine(checkout.Root, "docs", "api", $"{kind.Name}.json");

    /// <exception cref="ServiceFailedException">The service did not write it; the message holds what it said instead.</exception>
    internal static async Task<string> ReadAsync(Checkout checkout, ServiceKind kind, CancellationToken cancellationToken)
    {
        var outcome = await Executables.RunAsync([DotnetHost.Path, checkout.BuiltAssembly(kind.Project), "openapi"], cancellationToken, environment: Placeholders);
        return outcome.Succeeded ? outcome.Output + "\n" : throw new ServiceFailedException($"{kind.Name} has not written its document:\n{outcome.Everything}");
    }
}
