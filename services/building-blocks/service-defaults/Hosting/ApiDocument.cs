using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary><c>/openapi/v1.json</c>, readable by everyone: it describes, and holds no data.</summary>
internal static class ApiDocument
{
    public static void AddApiDocument(this WebApplicationBuilder builder, string service) =>
        builder.Services.AddOpenApi(options => options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = $"SafeHarbor {service}", Version = "v1" };
            // Addresses differ by installation, and a Host header is not to be believed.
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>();
            document.Components.SecuritySchemes["bearer"] = new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                BearerFormat = "JWT",
                Description = "A token with the claims sub, org (le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS>, state:ca) and scope.",
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("bearer", document)] = [] }];
            return Task.CompletedTask;
        }));

    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi().AllowAnonymous();
}
