using System.Reflection;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SafeHarbor.Contracts;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>A list of codes as an enumeration, with what each code means for people and for programs.</summary>
internal sealed class CodeSchemas(XmlDocumentation comments)
{
    /// <summary>The meanings in the order of the codes, as generators know it.</summary>
    private const string Meanings = "x-enum-descriptions";

    public OpenApiSchema Of(CodeOfAttribute codes)
    {
        var all = codes.All.Where(c => !codes.Except.Contains(c.Code)).Select(c => (c.Code, Meaning: MeaningOf(c.Member) ?? "")).ToList();
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = $"{comments.Of(codes.List)}\n\n{string.Join('\n', all.Select(c => $"- `{c.Code}`: {c.Meaning}"))}".Trim(),
            Enum = [.. all.Select(c => (JsonNode)c.Code)],
        };
        schema.AddExtension(Meanings, new JsonNodeExtension(new JsonArray([.. all.Select(c => (JsonNode)c.Meaning)])));
        return schema;
    }

    private string? MeaningOf(MemberInfo member) => member switch
    {
        FieldInfo field => comments.Of(field),
        PropertyInfo property => comments.Of(property),
        _ => null,
    };
}
