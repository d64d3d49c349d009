using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>The verb <c>openapi</c>: a service writes the document that it serves, without being started.</summary>
public static class WrittenDocument
{
    /// <summary>The document as JSON, the same for the same program.</summary>
    /// <param name="app">The service with its routes.</param>
    public static async Task<string> OfAsync(WebApplication app)
    {
        // What the start would do: until then the routes are not known to whoever describes them.
        app.UseEndpoints(_ => { });
        var document = await app.Services.GetRequiredKeyedService<IOpenApiDocumentProvider>("v1").GetOpenApiDocumentAsync();
        return (await document.SerializeAsJsonAsync(OpenApiSpecVersion.OpenApi3_1)).ReplaceLineEndings("\n") + "\n";
    }
}
