using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.Routing;
using Microsoft.OpenApi;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>What an operation is called, does and takes.</summary>
internal sealed partial class OperationDescription(OpenApiOperation operation, ApiDescription endpoint, OpenApiDocument document, Schemas schemas, XmlDocumentation comments)
{
    /// <summary>The kinds of organization that may call an operation; empty when all may. OpenAPI has no word for it.</summary>
    private const string Organizations = "x-organizations";

    private readonly MethodInfo? _handler = ApiDocument.Declared<MethodInfo>(endpoint).FirstOrDefault();

    public void Describe()
    {
        if (ApiDocument.Declared<IEndpointNameMetadata>(endpoint).LastOrDefault() is { EndpointName: var name })
            operation.OperationId = JsonNamingPolicy.CamelCase.ConvertName(name);
        var text = ApiDocument.Declared<IEndpointSummaryMetadata>(endpoint).LastOrDefault()?.Summary ?? (_handler is null ? null : comments.Of(_handler)) ?? "";
        operation.Summary = FirstSentence().Match(text) is { Success: true } first ? first.Groups["sentence"].Value : text.TrimEnd('.');
        operation.Description = string.Join("\n\n", new[] { text, Repetition(), Ledger() }.Where(part => part is { Length: > 0 }));
        operation.Parameters = [.. new OperationParameters(endpoint, _handler, schemas, comments).All];
        if (endpoint.ParameterDescriptions.FirstOrDefault(p => p.Source == BindingSource.Body) is { Type: { } body })
            Take(body);
        Guard();
    }

    private string? Repetition() => ApiDocument.Declared<RepetitionDeclaration>(endpoint).LastOrDefault() switch
    {
        { Because: null } => "Send it with an `Idempotency-Key`, so that it may be sent again: the same request under the same key gets the same answer.",
        { Because: { } because } => $"It may be sent again without a key: {LowerFirst(because)}",
        null => null,
    };

    private string? Ledger() => ApiDocument.Declared<LedgerDeclaration>(endpoint).LastOrDefault() switch
    {
        { Action: { } action } => $"An answer with success is on the ledger as `{action}`.",
        { Because: { } because } => $"It writes no entry of its own to the ledger: {LowerFirst(because)}",
        _ => null,
    };

    private void Take(Type body)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = comments.Of(body),
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/json"] = new() { Schema = schemas.Sent(body), Example = Examples.Of($"{operation.OperationId}.example.json", [body]) },
            },
        };
    }

    private void Guard()
    {
        var demands = ApiDocument.Declared<ScopeRequirement>(endpoint).ToList();
        if (demands.Count == 0)
            return;
        var scheme = new OpenApiSecuritySchemeReference(ApiScopes.Scheme, document);
        operation.Security = [.. ScopeRequirement.ScopesOf(demands).Select(scopes => new OpenApiSecurityRequirement { [scheme] = [.. scopes] })];
        var organizations = new JsonArray([.. demands.SelectMany(demand => demand.Kinds).Distinct().Select(word => JsonValue.Create(word))]);
        operation.AddExtension(Organizations, new JsonNodeExtension(organizations));
    }

    private static string LowerFirst(string text) => char.ToLowerInvariant(text[0]) + text[1..];

    [GeneratedRegex(@"\A(?<sentence>.+?)\.(?=\s|\z)")]
    private static partial Regex FirstSentence();
}
