using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary><c>/openapi/v1.json</c>, readable by everyone: it describes, and holds no data.</summary>
internal static class ApiDocument
{
    private const string Scheme = "bearer";

    /// <summary>The kinds of organization that may call an operation; empty when all may. OpenAPI has no word for it.</summary>
    private const string Organizations = "x-organizations";

    public static void AddApiDocument(this WebApplicationBuilder builder, string service) =>
        builder.Services.AddOpenApi(options =>
        {
            options.AddDocumentTransformer((document, _, _) => Describe(document, service));
            options.AddContractSchemas();
            options.AddOperationTransformer((operation, context, _) => Guard(operation, context));
        });

    private static Task Describe(OpenApiDocument document, string service)
    {
        document.Info = new OpenApiInfo { Title = $"SafeHarbor {service}", Version = "v1" };
        // Addresses differ by installation, and a Host header is not to be believed.
        document.Servers = [];
        ClosedSchemas.OpenAnswers(document);
        document.AddComponent(Scheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "A token with the claims sub, org (le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS>, state:<two letters>) and scope.",
        });
        return Task.CompletedTask;
    }

    private static Task Guard(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var demands = context.Description.ActionDescriptor.EndpointMetadata.OfType<ScopeRequirement>().ToList();
        if (demands.Count == 0)
            return Task.CompletedTask;
        var scheme = new OpenApiSecuritySchemeReference(Scheme, context.Document);
        operation.Security = [.. ScopeRequirement.ScopesOf(demands).Select(scopes => new OpenApiSecurityRequirement { [scheme] = [.. scopes] })];
        var organizations = new JsonArray([.. demands.SelectMany(demand => demand.Kinds).Distinct().Select(word => JsonValue.Create(word))]);
        operation.AddExtension(Organizations, new JsonNodeExtension(organizations));
        return Task.CompletedTask;
    }

    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi().AllowAnonymous();
}
