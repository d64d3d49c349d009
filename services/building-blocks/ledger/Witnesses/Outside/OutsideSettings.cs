using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Ledger.Witnesses.Outside;

/// <summary>The witnesses that <c>Ledger:Witnesses</c> names (docs/ledger.md). What cannot be used stops the start.</summary>
internal sealed class OutsideSettings(IConfiguration configuration, IHostEnvironment environment) : IStartCheck
{
    private const string Section = "Ledger:Witnesses";
    private const string File = $"{Section}:File";
    private const string Endpoint = $"{Section}:Endpoint";
    private const string Authority = $"{Section}:TimestampAuthority";
    private const string Directory = $"{Section}:TimestampDirectory";

    public void Check()
    {
        foreach (var witness in Create())
            (witness as IDisposable)?.Dispose();
    }

    public IEnumerable<IOutsideWitness> Create()
    {
        if (configuration[File] is { Length: > 0 } file)
            yield return new FileWitness(Writable(file), Every("FileSeconds", 1));
        if (configuration[Endpoint] is { Length: > 0 } endpoint)
            yield return new EndpointWitness(Address(Endpoint, endpoint), configuration[$"{Section}:EndpointToken"], Every("EndpointSeconds", 10));
        if (configuration[Authority] is { Length: > 0 } authority)
            yield return new TimestampWitness(Address(Authority, authority), Existing(configuration[Directory]), Every("TimestampSeconds", 300));
    }

    private TimeSpan Every(string setting, int seconds) => TimeSpan.FromSeconds(configuration.GetValue($"{Section}:{setting}", (double)seconds));

    private static string Writable(string file)
    {
        try
        {
            using var stream = new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
            return file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{File} names '{file}', which cannot be appended to ({e.GetType().Name}). Make its directory, and let the service write there.");
        }
    }

    private static string Existing(string? directory) => System.IO.Directory.Exists(directory) ? directory
        : throw new StartRefusedException($"{Directory} names '{directory}', which is no directory. A time-stamp authority keeps nothing: name a directory outside for what it answers.");

    private Uri Address(string setting, string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && new PlainConnections(configuration, environment).MayReach(address.Host))
            ? address
            : throw new StartRefusedException($"{setting} is no address that may be used: give https://..., or, in development or on this machine, http://....");
}
