using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Ledger.Chain;

/// <summary>
/// What the chainer works with: <c>Ledger:SigningKeyFile</c> (PEM of an EC P-256 private key), <c>Ledger:CheckpointEvery</c> (links, 1,000),
/// <c>Ledger:CheckpointSeconds</c> (1), <c>Ledger:RepeatSeconds</c> (30) and <c>Ledger:SilentAfterSeconds</c> (180). In production the key must be there and be no development key; elsewhere a service without one links
/// and signs nothing.
/// </summary>
internal sealed class LedgerSettings(string ledger, IConfiguration configuration, IHostEnvironment environment) : IDisposable
{
    /// <summary>How a key file of the launcher begins.</summary>
    public const string DevelopmentMark = "SafeHarbor development key";
    private const string KeyFile = "Ledger:SigningKeyFile";

    private CheckpointKey? _key;

    /// <summary>The ledger's name: the service's, or <c>node-NAME</c>.</summary>
    public string Ledger => ledger;
    public int CheckpointEvery { get; } = configuration.GetValue("Ledger:CheckpointEvery", 1000);
    public TimeSpan CheckpointInterval { get; } = TimeSpan.FromSeconds(configuration.GetValue("Ledger:CheckpointSeconds", 1.0));

    /// <summary>How often the end of a chain that does not grow is told again, so that a witness knows until when it had not.</summary>
    public TimeSpan RepeatInterval { get; } = TimeSpan.FromSeconds(configuration.GetValue("Ledger:RepeatSeconds", 30.0));

    /// <summary>So long a witness may be unheard, or fail to take what it is given. It says in whole minutes what it has heard.</summary>
    public TimeSpan SilentAfter { get; } = TimeSpan.FromSeconds(configuration.GetValue("Ledger:SilentAfterSeconds", 180.0));

    /// <summary>Null when nothing is to be signed. Known once the service starts.</summary>
    public CheckpointKey? Key => _key;

    /// <summary>Reads the key; throws <see cref="StartRefusedException"/> when it is missing or wrong.</summary>
    public void Load()
    {
        var file = configuration[KeyFile];
        if (string.IsNullOrWhiteSpace(file))
        {
            if (environment.IsProduction())
                throw new StartRefusedException($"{KeyFile} is not set. Set it to a file with the PEM of an EC P-256 private key (openssl ecparam -name prime256v1 -genkey -noout); keep its public key elsewhere.");
            return;
        }
        try
        {
            var pem = File.ReadAllText(file);
            if (environment.IsProduction() && pem.StartsWith(DevelopmentMark, StringComparison.Ordinal))
                throw new StartRefusedException($"{KeyFile} names '{file}', a development key, but the environment is Production. Make a key of your own: openssl ecparam -name prime256v1 -genkey -noout.");
            _key = CheckpointKey.FromPem(pem);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{KeyFile} names '{file}', which cannot be read ({e.GetType().Name}). Check the path and who may read it.");
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            throw new StartRefusedException($"{KeyFile} names '{file}', which does not hold the PEM of an EC P-256 private key. Make one with: openssl ecparam -name prime256v1 -genkey -noout.");
        }
    }

    public void Dispose() => _key?.Dispose();
}

internal sealed class LedgerKeyCheck(LedgerSettings settings) : IStartCheck
{
    public void Check() => settings.Load();
}
