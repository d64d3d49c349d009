using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
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
        operation.OperationId = ApiDocument.Declared<IEndpointNameMetadata>(endpoint).LastOrDefault()?.EndpointName is { } name ? JsonNamingPolicy.CamelCase.ConvertName(name) : null;
        var text = ApiDocument.Declared<IEndpointSummaryMetadata>(endpoint).LastOrDefault()?.Summary ?? Comment() ?? "";
        operation.Summary = FirstSentence().Match(text) is { Success: true } first ? first.Groups["sentence"].Value : text.TrimEnd('.');
        operation.Description = string.Join("\n\n", new[] { text, Repetition(), Ledger() }.Where(part => part is { Length: > 0 }));
        operation.Parameters = [.. Given(), .. Declared()];
        if (operation.Parameters.Count == 0)
            operation.Parameters = null;
        if (endpoint.ParameterDescriptions.FirstOrDefault(p => p.Source == BindingSource.Body) is { Type: { } body })
            Take(body);
        Guard();
    }

    // The handler's comment, or that of its use case without the method and path that it begins with.
    private string? Comment() => _handler is null ? null
        : comments.Of(_handler) ?? (comments.Of(_handler.DeclaringType!) is { } useCase && Address().Replace(useCase, "") is { Length: > 0 } text ? char.ToUpperInvariant(text[0]) + text[1..] : null);

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

    private IEnumerable<IOpenApiParameter> Given() =>
        from parameter in endpoint.ParameterDescriptions
        where parameter.Source != BindingSource.Body && parameter.Source != BindingSource.Services && parameter.Source != BindingSource.Special
        let declared = (parameter.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo
        let isPath = parameter.Source == BindingSource.Path
        select (IOpenApiParameter)new OpenApiParameter
        {
            Name = parameter.Source == BindingSource.Header ? parameter.Name : JsonNamingPolicy.CamelCase.ConvertName(parameter.Name),
            In = isPath ? ParameterLocation.Path : parameter.Source == BindingSource.Header ? ParameterLocation.Header : ParameterLocation.Query,
            Required = isPath || parameter.IsRequired,
            Description = DescriptionOf(parameter, declared),
            Schema = declared is null ? schemas.Parameter(parameter.Type, typeof(object)) : schemas.Parameter(declared.ParameterType, AttributesOf(declared)),
        };

    private string? DescriptionOf(ApiParameterDescription parameter, ParameterInfo? declared) =>
        (_handler is null || declared?.Name is not { } name ? null : comments.Of(_handler, name))
        ?? (typeof(PageQuery).GetProperty(parameter.Name) is { } ofPage ? comments.Of(ofPage) : null)
        ?? (parameter.Source == BindingSource.Path ? $"Id of the {ThingBefore(parameter.Name)}." : null);

    // The parameters of a list are a record's, where the attributes stand.
    private static ICustomAttributeProvider AttributesOf(ParameterInfo declared) => (ICustomAttributeProvider?)typeof(PageQuery).GetProperty(declared.Name!) ?? declared;

    /// <summary>The word for what a route value identifies: the part of the path before it, for one of them.</summary>
    private string ThingBefore(string value)
    {
        var parts = endpoint.RelativePath!.Split('/');
        return parts[Array.FindIndex(parts, part => part.StartsWith($"{{{value}", StringComparison.Ordinal)) - 1].Replace('-', ' ') switch
        {
            "desk" => "desk item",
            "parked" => "parked message",
            var many when many.EndsWith("sses", StringComparison.Ordinal) => many[..^2],
            var many => many.TrimEnd('s'),
        };
    }

    private IEnumerable<IOpenApiParameter> Declared()
    {
        if (ApiDocument.Declared<RepetitionDeclaration>(endpoint).LastOrDefault() is { Because: null })
        {
            yield return Header(IdempotencyKey.Header, "A key of the sender's own for this request, such as a new UUID: printable ASCII. With it the request may be sent again, and is done once.",
                new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.Longest, Pattern = "^[ -~]+$" });
        }
        var isDemanded = ApiDocument.Declared<ConditionDeclaration>(endpoint).LastOrDefault() is { Because: null };
        if (isDemanded || _handler?.GetParameters().Any(p => p.ParameterType == typeof(Precondition)) == true)
        {
            yield return Header("If-Match", "The `ETag` of the state that is to be changed, as it was given (`\"3\"`), or `*` for any.",
                new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = 1000 }, isDemanded);
        }
    }

    private static OpenApiParameter Header(string name, string description, OpenApiSchema schema, bool isRequired = false) =>
        new() { Name = name, In = ParameterLocation.Header, Required = isRequired, Description = description, Schema = schema };

    private void Take(Type body)
    {
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Description = comments.Of(body),
            Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = schemas.Sent(body), Example = ExampleOf(body.Assembly) } },
        };
    }

    /// <summary>The file <c>&lt;operationId&gt;.example.json</c> beside the use case.</summary>
    private JsonNode? ExampleOf(Assembly assembly)
    {
        using var example = assembly.GetManifestResourceStream($"{operation.OperationId}.example.json");
        return example is null ? null : JsonNode.Parse(example);
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

    [GeneratedRegex(@"\A(?:(?:`[^`]*`|(?:GET|POST|PUT|PATCH|DELETE) \S+?|…\S*?|and|\([^)]*\))[\s,]*)+:\s*")]
    private static partial Regex Address();
}
