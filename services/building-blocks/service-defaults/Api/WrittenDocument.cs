using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>What a service writes of itself without being started: the document that it serves (<c>openapi</c>), the schemas of messages (<c>messages</c>).</summary>
public static class WrittenDocument
{
    /// <summary>The document as JSON, the same for the same program.</summary>
    /// <param name="app">The service with its routes.</param>
    public static async Task<string> OfAsync(WebApplication app)
    {
        // What the start would do: until then the routes are not known to whoever describes them.
        app.UseEndpoints(_ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        return await TextOfAsync(document);
    }

    /// <summary>A document with the schemas of what is sent, and nothing else; each is called like its type.</summary>
    /// <param name="types">What is sent.</param>
    /// <param name="json">How it is read and written. What leaves nulls out holds none.</param>
    public static async Task<string> OfTypesAsync(IEnumerable<Type> types, JsonSerializerOptions json)
    {
        json.MakeReadOnly(populateMissingResolver: true);
        var document = new OpenApiDocument { Info = new() { Title = "Schemas", Version = "1" }, Paths = [], Components = new() };
        var schemas = new Schemas(document, json, new XmlDocumentation());
        foreach (var type in types)
            schemas.Sent(type);
        document.Components.Schemas = schemas.Named;
        return await TextOfAsync(document);
    }

    private static async Task<string> TextOfAsync(OpenApiDocument document) =>
        (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)).ReplaceLineEndings("\n") + "\n";
}
