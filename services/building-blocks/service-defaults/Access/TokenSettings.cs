using System.Security.Cryptography;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Limits;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>Whose tokens are taken: those of <c>Authentication:Authority</c>, or in development those signed with a key of our own.</summary>
internal sealed class TokenSettings(IConfiguration configuration, IHostEnvironment environment, IssuerKeys issuer, RememberedTokens tokens, BoundTokens bound, Refusals refusals)
    : IConfigureNamedOptions<JwtBearerOptions>
{
    private const string Authority = IssuerSettings.AuthorityKey;
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
        options.TokenHandlers.Add(tokens);
        tokens.MapInboundClaims = false;
        options.Events = new JwtBearerEvents { OnTokenValidated = Validated, OnChallenge = Challenged, OnForbidden = Forbidden };
        // The framework's own would quote the token.
        options.IncludeErrorDetails = false;
        options.TokenValidationParameters.ValidAudience = string.IsNullOrWhiteSpace(audience) ? "safeharbor" : audience;
        options.TokenValidationParameters.NameClaimType = "sub";
        options.TokenValidationParameters.ClockSkew = TimeSpan.FromSeconds(60);
        if (string.IsNullOrWhiteSpace(keyFile))
        {
            _ = issuer.Settings;
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

    private Task Validated(TokenValidatedContext context)
    {
        if (!bound.MayBeUsed(context.Principal!, context.HttpContext))
            context.Fail("The token may not be used on this connection.");
        return Task.CompletedTask;
    }

    private Task Challenged(JwtBearerChallengeContext context)
    {
        if (context.AuthenticateFailure is IssuerAwayException)
        {
            // 401 would say that the token is bad, and a client that believes it may give up what it had to report.
            context.HandleResponse();
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            context.Response.Headers.RetryAfter = "5";
        }
        else if (context.AuthenticateFailure is { } failure)
        {
            refusals.Count(RefusedBy.Token);
            var refused = RefusedToken.Of(failure);
            context.HttpContext.Features.Set(refused);
            (context.Error, context.ErrorDescription) = (RefusedToken.ErrorCode, refused.Why);
        }

        return Task.CompletedTask;
    }

    private static Task Forbidden(ForbiddenContext context)
    {
        context.Response.Headers.WWWAuthenticate = RefusedCaller.Of(context.HttpContext).Challenges.ToArray();
        return Task.CompletedTask;
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
