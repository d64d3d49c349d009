using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>Whose tokens are taken: those of <c>Authentication:Authority</c>, or in development those signed with a key of our own.</summary>
internal sealed class TokenSettings(IConfiguration configuration, IHostEnvironment environment, TimeProvider time) : IConfigureNamedOptions<JwtBearerOptions>
{
    private const string Authority = "Authentication:Authority";
    private const string Audience = "Authentication:Audience";
    private const string DevelopmentKeyFile = "Authentication:DevelopmentKeyFile";
    private const string DevelopmentIssuer = "safeharbor-development";

    public void Configure(JwtBearerOptions options) => Configure(JwtBearerDefaults.AuthenticationScheme, options);

    public void Configure(string? name, JwtBearerOptions options)
    {
        var authority = configuration[Authority];
        var keyFile = configuration[DevelopmentKeyFile];
        if (!string.IsNullOrWhiteSpace(keyFile) && environment.IsProduction())
            throw new StartRefusedException($"{DevelopmentKeyFile} is set, but the environment is Production. Remove it and set {Authority} to your OpenID Connect issuer.");
        if (string.IsNullOrWhiteSpace(authority) == string.IsNullOrWhiteSpace(keyFile))
        {
            throw new StartRefusedException(
                $"Set either {Authority} (your OpenID Connect issuer's address) or, for development, {DevelopmentKeyFile} (a PEM file with the P-256 public key), not "
                + (string.IsNullOrWhiteSpace(authority) ? "none." : "both."));
        }

        var audience = configuration[Audience];
        options.TokenHandlers.Clear();
        options.TokenHandlers.Add(new RememberedTokens(time) { MapInboundClaims = false });
        // Why a token was refused is nobody's business who has no valid one.
        options.IncludeErrorDetails = false;
        options.TokenValidationParameters.ValidAudience = string.IsNullOrWhiteSpace(audience) ? "safeharbor" : audience;
        options.TokenValidationParameters.NameClaimType = "sub";
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(60);
        if (string.IsNullOrWhiteSpace(keyFile))
        {
            options.Authority = authority;
            options.RequireHttpsMetadata = !environment.IsDevelopment();
            // Only signatures that the issuer's public key verifies: never "none", never a shared secret.
            options.TokenValidationParameters.ValidAlgorithms = ["ES256", "ES384", "ES512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512"];
        }
        else
        {
            options.TokenValidationParameters.ValidIssuer = DevelopmentIssuer;
            options.TokenValidationParameters.ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256];
            options.TokenValidationParameters.IssuerSigningKey = ReadKey(keyFile);
        }
    }

    private static ECDsaSecurityKey ReadKey(string file)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(file));
            if (key.KeySize == 256)
                return new ECDsaSecurityKey(key);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or CryptographicException)
        {
        }

        key.Dispose();
        throw new StartRefusedException($"{DevelopmentKeyFile} names '{file}', which is not a readable PEM file with an EC P-256 public key.");
    }
}

/// <summary>Refuses to start without usable token settings, rather than refusing every request later.</summary>
internal sealed class TokenCheck(IOptionsMonitor<JwtBearerOptions> options) : IStartCheck
{
    public void Check() => options.Get(JwtBearerDefaults.AuthenticationScheme);
}
