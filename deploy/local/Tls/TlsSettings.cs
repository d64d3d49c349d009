using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tls;

/// <summary>What a service is told so that every connection to and from it is on TLS, and none is plain.</summary>
internal static class TlsSettings
{
    private const string Endpoint = "Kestrel__Endpoints__Https__Url";
    private const string Certificate = "Kestrel__Endpoints__Https__Certificate__Path";
    private const string Key = "Kestrel__Endpoints__Https__Certificate__KeyPath";

    public static IReadOnlyDictionary<string, string?> Of(DevelopmentAuthority authority, string service)
    {
        var files = authority.Server(service);
        return new Dictionary<string, string?>
        {
            [Certificate] = files.Certificate,
            [Key] = files.Key,
            ["Tls__Required"] = "true",
            ["Tls__AuthorityFile"] = authority.AuthorityFile,
            ["Webhooks__AuthorityFile"] = authority.AuthorityFile,
        };
    }

    /// <summary>The setting by which a service with this configuration is told where to listen: any free port, or where it listened before.</summary>
    public static (string Name, string Value) Listening(IReadOnlyDictionary<string, string?> configuration, Uri? before)
    {
        var at = before?.GetLeftPart(UriPartial.Authority);
        // Not port 0: Kestrel listens anew when the certificate has changed, and must come back where it was.
        return configuration.ContainsKey(Certificate)
            ? (Endpoint, at ?? $"https://127.0.0.1:{FreePort.Choose(1)[0]}")
            : ("ASPNETCORE_URLS", at ?? "http://127.0.0.1:0");
    }
}
