using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using SafeHarbor.Contracts;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>A list of codes, or an enumeration of the code, as an enumeration, with what each code means for people and for programs.</summary>
internal sealed class CodeSchemas(XmlDocumentation comments)
{
    /// <summary>The meanings in the order of the codes, as generators know it.</summary>
    private const string Meanings = "x-enum-descriptions";

    public OpenApiSchema Of(CodeOfAttribute codes) => Of(codes.List, codes.All.Where(c => !codes.Except.Contains(c.Code)));

    public OpenApiSchema Of(Type words, JsonSerializerOptions json) =>
        Of(words, Enum.GetValuesAsUnderlyingType(words).Cast<object>().Select(value => Enum.ToObject(words, value))
            .Select(word => ((string)JsonSerializer.SerializeToNode(word, words, json)!, (MemberInfo)words.GetField(word.ToString()!)!)));

    private OpenApiSchema Of(Type list, IEnumerable<(string Code, MemberInfo Member)> codes)
    {
        var all = codes.Select(c => (c.Code, Meaning: MeaningOf(c.Member) ?? "")).ToList();
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Description = $"{comments.Of(list)}\n\n{string.Join('\n', all.Select(c => $"- `{c.Code}`: {c.Meaning}"))}".Trim(),
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
