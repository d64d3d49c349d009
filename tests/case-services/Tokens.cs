using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace SafeHarbor.CaseServices.Tests;

/// <summary>Issues tokens as the launcher does, with a key of its own.</summary>
internal sealed class Tokens : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public Tokens()
    {
        PublicKeyFile = Path.GetTempFileName();
        File.WriteAllText(PublicKeyFile, _key.ExportSubjectPublicKeyInfoPem());
    }

    public string PublicKeyFile { get; }

    public string Issue(string organization, string scope) => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
    {
        Issuer = "safeharbor-development",
        Audience = "safeharbor",
        NotBefore = DateTime.UtcNow.AddMinutes(-5),
        Expires = DateTime.UtcNow.AddMinutes(30),
        Claims = new Dictionary<string, object> { ["sub"] = "worker-1", ["org"] = organization, ["scope"] = scope },
        SigningCredentials = new(new ECDsaSecurityKey(_key), SecurityAlgorithms.EcdsaSha256),
    });

    public void Dispose()
    {
        _key.Dispose();
        File.Delete(PublicKeyFile);
    }
}
