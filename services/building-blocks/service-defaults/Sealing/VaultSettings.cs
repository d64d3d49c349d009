using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>Where the key server is and how to ask it.</summary>
/// <param name="Address">Its base address; https outside development.</param>
/// <param name="Mount">Where its transit engine is mounted.</param>
/// <param name="Key">The name of the key, of a kind with associated data: <c>aes256-gcm96</c> or <c>chacha20-poly1305</c>.</param>
/// <param name="TokenFile">Holds the token; read for every call, so that whoever renews it only writes the file.</param>
/// <param name="Namespace">Vault Enterprise's namespace, or null.</param>
/// <param name="Timeout">For one call.</param>
/// <param name="Authorities">Certificates (PEM file) that the server's must come from instead of the system's, or null.</param>
internal sealed record VaultSettings(Uri Address, string Mount, string Key, string TokenFile, string? Namespace, TimeSpan Timeout, X509Certificate2Collection? Authorities)
{
    public const string AddressKey = "Sealing:Vault:Address";

    public static VaultSettings Read(IConfiguration configuration, IHostEnvironment environment)
    {
        var vault = configuration.GetSection("Sealing:Vault");
        if (!Uri.TryCreate(vault["Address"], UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && !(environment.IsDevelopment() && address.Scheme == Uri.UriSchemeHttp)))
            throw new StartRefusedException($"{AddressKey} must be an https address, such as https://vault.example:8200: keys travel on this connection.");
        if (vault["Key"] is not { Length: > 0 } key)
            throw new StartRefusedException("Sealing:Vault:Key is not set. Set it to the name of a transit key of the type aes256-gcm96.");
        if (vault["TokenFile"] is not { Length: > 0 } tokenFile)
            throw new StartRefusedException("Sealing:Vault:TokenFile is not set. Set it to the file in which an agent keeps the token.");
        return new(address, vault["Mount"] ?? "transit", key, tokenFile, vault["Namespace"], TimeSpan.FromSeconds(vault.GetValue("TimeoutSeconds", 5.0)),
            Load(vault["CertificateAuthorityFile"]));
    }

    private static X509Certificate2Collection? Load(string? file)
    {
        if (string.IsNullOrWhiteSpace(file))
            return null;
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(file);
        return authorities;
    }
}
