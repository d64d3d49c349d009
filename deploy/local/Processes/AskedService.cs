namespace SafeHarbor.Local.Processes;

/// <summary>A built service that is asked for something and ends: it serves nobody, and nothing has to run.</summary>
internal static class AskedService
{
    // A service asks for these before it knows that it only writes; it connects to none of them.
    private static readonly Dictionary<string, string?> Placeholders = new()
    {
        ["DOTNET_ENVIRONMENT"] = "Development",
        ["ConnectionStrings__Database"] = "Host=localhost",
        ["ConnectionStrings__Keys"] = "Host=localhost",
        ["ConnectionStrings__Broker"] = "amqp://localhost",
    };

    /// <summary>Runs it with these arguments to its end.</summary>
    public static Task<Executables.Outcome> RunAsync(Checkout checkout, ServiceKind kind, IEnumerable<string> arguments, CancellationToken cancellationToken) =>
        Executables.RunAsync([DotnetHost.Path, checkout.BuiltAssembly(kind.Project), .. arguments], cancellationToken, environment: Placeholders);
}
