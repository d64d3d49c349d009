using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Scalar.AspNetCore;

namespace SafeHarbor.Documentation;

/// <summary><c>/docs/reference</c>: Scalar over the service's OpenAPI document, from this assembly alone. Requests can be tried from it at this service and nowhere else.</summary>
internal static class Reference
{
    public static void MapReference(this WebApplication app, string service) =>
        app.MapScalarApiReference("/docs/reference", (options, http) => Configure(options, http, service)).AllowAnonymous().ExcludeFromDescription();

    private static void Configure(ScalarOptions options, HttpContext http, string service)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        // The browser holds Scalar to this machine, whatever a later version of it would fetch. Its styles are written into the page's elements.
        http.Response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
            + "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        options.WithNonce(nonce).WithTitle($"SafeHarbor {service}")
            .WithOperationTitleSource(OperationTitleSource.Path).AddPreferredSecuritySchemes("bearer")
            .DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideClientButton().HideDeveloperTools()
            .AddServer($"{http.Request.Scheme}://{http.Request.Host}");
    }
}
