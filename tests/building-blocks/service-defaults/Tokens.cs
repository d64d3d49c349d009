using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SafeHarbor.ServiceDefaults.Tests;

/// <summary>Makes tokens as the launcher does, and tokens as nobody should.</summary>
internal sealed class Tokens : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Tokens()
    {
        PublicKeyFile = Path.GetTempFileName();
        File.WriteAllText(PublicKeyFile, _key.ExportSubjectPublicKeyInfoPem());
    }

    public string PublicKeyFile { get; }

    public SigningCredentials Own => new(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256);

    /// <summary>The signature of these bytes (ES256).</summary>
    public byte[] Sign(byte[] text) => _key.SignData(text, HashAlgorithmName.SHA256);

    public string Issue(
        string? org = "le:CA0194200",
        string? scope = "encounters.write encounters.read reports.read reporter.read",
        string? subject = "officer-7",
        Action<SecurityTokenDescriptor>? change = null)
    {
        var claims = new Dictionary<string, object>();
        if (org is not null)
            claims["org"] = org;
        if (scope is not null)
            claims["scope"] = scope;
        if (subject is not null)
            claims["sub"] = subject;
        var token = new SecurityTokenDescriptor
        {
            Issuer = "safeharbor-development",
            Audience = "safeharbor",
            NotBefore = DateTime.UtcNow.AddMinutes(-5),
            Expires = DateTime.UtcNow.AddMinutes(5),
            Claims = claims,
            SigningCredentials = Own,
        };
        change?.Invoke(token);
        return new JsonWebTokenHandler().CreateToken(token);
    }

    public void Dispose()
    {
        _key.Dispose();
        File.Delete(PublicKeyFile);
    }
}
