using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Sandboxing;

namespace SafeHarbor.Messaging.Storage;

/// <summary>Refuses to run a sandbox on the database of an installation that is none, and the other way round: <c>migrate</c> has told the database once.</summary>
/// <param name="database">Of the service's role.</param>
/// <param name="sandbox">What the settings say.</param>
/// <param name="logger">Told when the database is away.</param>
internal sealed partial class SandboxCheck(NpgsqlDataSource database, Sandbox sandbox, ILogger<SandboxCheck> logger) : DatabaseCheck(database)
{
    public const string Ask = "select is_sandbox()";

    protected override string Question => Ask;

    public static StartRefusedException Refused(bool isSandbox) => new(isSandbox
        ? $"The database of ConnectionStrings:Database is a sandbox's and holds tests, but {Sandbox.Setting} is not true. Set it to true, or name a database of its own."
        : $"The database of ConnectionStrings:Database is no sandbox's, but {Sandbox.Setting} is true. Remove it, or give the sandbox databases of its own.");

    protected override void Judge(object? answer)
    {
        if (answer is bool isSandbox && isSandbox != sandbox.IsOn)
            throw Refused(isSandbox);
    }

    protected override void LogAway() => LogAway(logger);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The database cannot be asked whether it is a sandbox's; it is asked as soon as it is there and migrated.")]
    private static partial void LogAway(ILogger logger);
}
