using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.OpenApi;
using SafeHarbor.ServiceDefaults.Endpoints;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>What an operation takes beside its body: what its handler asks for, and the headers that follow from its declarations.</summary>
internal sealed partial class OperationParameters(ApiDescription endpoint, MethodInfo? handler, Schemas schemas, XmlDocumentation comments)
{
    public IEnumerable<IOpenApiParameter> All => [.. Bound(), .. Asked(), .. Declared()];

    // The id that a command on a saga takes by itself, whatever it is called.
    private IEnumerable<OpenApiParameter> Bound() =>
        from Match id in RouteIds().Matches(endpoint.RelativePath!)
        let name = id.Groups["name"].Value
        where endpoint.ParameterDescriptions.All(parameter => parameter.Name != name)
        select new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Description = $"Id of the {ThingBefore(name)}.", Schema = schemas.Parameter(typeof(Guid), typeof(Guid)) };


    private IEnumerable<OpenApiParameter> Asked() =>
        from parameter in endpoint.ParameterDescriptions
        where parameter.Source == BindingSource.Path || parameter.Source == BindingSource.Query || parameter.Source == BindingSource.Header
        let asked = (parameter.ParameterDescriptor as IParameterInfoParameterDescriptor)?.ParameterInfo
        let isPath = parameter.Source == BindingSource.Path
        let isHeader = parameter.Source == BindingSource.Header
        select new OpenApiParameter
        {
            Name = isHeader ? parameter.Name : JsonNamingPolicy.CamelCase.ConvertName(parameter.Name),
            In = isPath ? ParameterLocation.Path : isHeader ? ParameterLocation.Header : ParameterLocation.Query,
            Required = isPath || parameter.IsRequired,
            Description = DescriptionOf(parameter, asked),
            Schema = schemas.Parameter(asked?.ParameterType ?? parameter.Type, asked is null ? parameter.Type : AttributesOf(asked)),
        };

    private string? DescriptionOf(ApiParameterDescription parameter, ParameterInfo? asked) =>
        (handler is null || asked?.Name is not { } name ? null : comments.Of(handler, name))
        ?? (asked?.Member is PropertyInfo ofList ? comments.Of(ofList) : null)
        ?? (parameter.Source == BindingSource.Path ? $"Id of the {ThingBefore(parameter.Name)}." : null);

    // The parameters that lists have in common are a record's, where the attributes stand.
    private static ICustomAttributeProvider AttributesOf(ParameterInfo asked) => asked.Member as PropertyInfo ?? (ICustomAttributeProvider)asked;

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

    private IEnumerable<OpenApiParameter> Declared()
    {
        if (ApiDocument.Declared<RepetitionDeclaration>(endpoint).LastOrDefault() is { Because: null })
        {
            yield return Header(IdempotencyKey.Header, isRequired: false,
                "A key of the sender's own for this request, such as a new UUID: printable ASCII, of which only a hash is kept. With it the request may be sent again, and is done once.",
                new() { Type = JsonSchemaType.String, MinLength = 1, MaxLength = IdempotencyKey.Longest, Pattern = "^[ -~]+$" });
        }
        var isDemanded = ApiDocument.Declared<ConditionDeclaration>(endpoint).LastOrDefault() is { Because: null };
        if (isDemanded || handler?.GetParameters().Any(p => p.ParameterType == typeof(Precondition)) == true)
        {
            yield return Header("If-Match", isDemanded, "The `ETag` of the state that is to be changed, as it was given (`\"3\"`), or `*` for any.",
                new() { Type = JsonSchemaType.String });
        }
        if (endpoint.ParameterDescriptions.Any(p => p.Source == BindingSource.Body))
        {
            var wait = ApiDocument.Declared<WaitDeclaration>(endpoint).LastOrDefault() is { Until: var until }
                ? $" `wait=SECONDS`, at most {Preference.LongestWait.TotalSeconds}: answer as soon as {until}."
                : "";
            yield return Header("Prefer", isRequired: false, $"Preferences (RFC 7240). `handling=lenient`: ignore members that are not known, and name them, rather than refuse them.{wait}",
                new() { Type = JsonSchemaType.String });
        }
    }

    [GeneratedRegex(@"\{(?<name>\w+)", RegexOptions.ExplicitCapture)]
    private static partial Regex RouteIds();

    private static OpenApiParameter Header(string name, bool isRequired, string description, OpenApiSchema schema) =>
        new() { Name = name, In = ParameterLocation.Header, Required = isRequired, Description = description, Schema = schema };
}
