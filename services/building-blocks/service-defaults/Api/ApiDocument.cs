using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>
/// <c>/openapi/v1.json</c>, readable by everyone: it describes, and holds no data. The framework lists the operations; what they take and answer is described
/// here, from the endpoints' declarations, the comments and the attributes, because the framework's schemas know nothing of our converters.
/// </summary>
internal static class ApiDocument
{
    private const string Endpoint = "endpoint";

    public static void AddApiDocument(this WebApplicationBuilder builder, string service)
    {
        builder.Services.AddSingleton<XmlDocumentation>();
        builder.Services.AddOpenApi(options =>
        {
            options.AddOperationTransformer((operation, context, _) =>
            {
                (operation.Metadata ??= new Dictionary<string, object>())[Endpoint] = context.Description;
                return Task.CompletedTask;
            });
            options.AddDocumentTransformer((document, context, _) => Describe(document, service, context.ApplicationServices));
        });
    }

    private static Task Describe(OpenApiDocument document, string service, IServiceProvider services)
    {
        document.Info = new()
        {
            Title = $"SafeHarbor {service}",
            Version = "1",
            Description = "Referral routing of encounter reports about children. Problems are answered as RFC 9457 says; what a request got wrong is named member by member. "
                + "Instants carry an offset from UTC. What an organization has no relation to does not exist for it.",
            License = new() { Name = "Apache-2.0", Identifier = "Apache-2.0" },
            Contact = new() { Name = "The operator of the installation", Url = new("https://safeharbor.example/") },
        };
        // Addresses differ by installation, and a Host header is not to be believed.
        document.Servers =
        [
            new()
            {
                Url = "https://{host}",
                Description = $"The {service} of an installation in production.",
                Variables = new Dictionary<string, OpenApiServerVariable>
                {
                    ["host"] = new() { Default = $"{service}.safeharbor.example", Description = "Where its operator serves it, with the port." },
                },
                Extensions = new Dictionary<string, IOpenApiExtension> { ["x-internal"] = new JsonNodeExtension(false) },
            },
        ];
        var operations = document.Paths.SelectMany(path => path.Value.Operations ?? [])
            .Select(one => (Method: one.Key, Operation: one.Value, Endpoint: (ApiDescription)one.Value.Metadata![Endpoint])).ToList();
        var comments = services.GetRequiredService<XmlDocumentation>();
        var schemas = new Schemas(document, services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions, comments);
        var answers = new Answers(document, schemas, comments);
        var scheme = ApiScopes.Of(operations.SelectMany(o => Declared<ScopeRequirement>(o.Endpoint)));
        document.Components = new() { SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme> { [ApiScopes.Scheme] = scheme } };
        foreach (var (_, operation, endpoint) in operations)
            new OperationDescription(operation, endpoint, document, schemas, comments).Describe();
        foreach (var (method, operation, endpoint) in operations)
            answers.Describe(operation, endpoint, method);
        document.Components.Schemas = schemas.Named;
        document.Components.Responses = answers.Named;
        document.Tags = new HashSet<OpenApiTag>(operations.SelectMany(o => Declared<CapabilityDeclaration>(o.Endpoint))
            .DistinctBy(c => c.Name).OrderBy(c => c.Name, StringComparer.Ordinal).Select(c => new OpenApiTag { Name = c.Name, Description = c.Summary }));
        return Task.CompletedTask;
    }

    /// <summary>What an endpoint, or a group that it is in, declares.</summary>
    public static IEnumerable<TDeclaration> Declared<TDeclaration>(ApiDescription endpoint) => endpoint.ActionDescriptor.EndpointMetadata.OfType<TDeclaration>();

    public static void MapApiDocument(this WebApplication app) => app.MapOpenApi().AllowAnonymous();
}
