using System.Text.Json.Nodes;

namespace SafeHarbor.Local.Api;

/// <summary>A file of docs/schemas: one JSON Schema (2020-12) that needs no other.</summary>
/// <param name="Name">Of what it describes, with its version: <c>handoff.opened.v1</c>.</param>
/// <param name="Schema">The schema.</param>
internal sealed record SchemaFile(string Name, JsonObject Schema)
{
    /// <summary>The name of the body of <c>POST /v1/encounters</c>.</summary>
    public const string Encounter = "encounter.v1";

    /// <summary>The name of a county's protocol pack: the body of <c>PUT /v1/counties/{countyFips}</c>, and a file.</summary>
    public const string Pack = "pack.v1";

    /// <summary>The name of a notice as it leaves, whatever it tells.</summary>
    public const string Notice = "notice.v1";

    private const string InDocument = "#/components/schemas/";
    private const string InSchema = "#/$defs/";

    /// <summary>Where schemas are kept in the working copy.</summary>
    public static string Folder => Path.Combine("docs", "schemas");

    /// <summary>Relative to the working copy's root.</summary>
    public string File => FileOf(Name);

    /// <summary>The file of a schema, relative to the working copy's root.</summary>
    public static string FileOf(string name) => Path.Combine(Folder, $"{name}.json");

    /// <summary>Who reads what a schema of that name describes.</summary>
    public static Readers ReadersOf(string name) => name switch { Encounter or Pack => Readers.Ours, Notice => Readers.Others, _ => Readers.Both };

    /// <summary>Takes a schema out of an OpenAPI document, with all that it refers to.</summary>
    /// <param name="document">OpenAPI 3.1, whose schemas are JSON Schemas.</param>
    /// <param name="component">What it is called there.</param>
    /// <param name="name">What it is called here.</param>
    public static SchemaFile Of(JsonNode document, string component, string name)
    {
        var components = document["components"]!["schemas"]!.AsObject();
        var definitions = new SortedDictionary<string, JsonNode>(StringComparer.Ordinal);
        var root = Taken(components[component]!, components, definitions).AsObject();
        var schema = new JsonObject
        {
            ["$schema"] = "https://json-schema.org/draft/2020-12/schema",
            // A name, and no address: every installation has its own.
            ["$id"] = $"urn:safeharbor:schema:{name}",
            ["title"] = name,
            ["description"] = (string?)root["description"],
        };
        root.Remove("description");
        foreach (var (keyword, value) in root.ToList())
            schema[keyword] = value!.DeepClone();
        if (definitions.Count > 0)
            schema["$defs"] = new JsonObject(definitions.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)d.Value)));
        return new(name, schema);
    }

    private static JsonNode Taken(JsonNode part, JsonObject components, SortedDictionary<string, JsonNode> definitions)
    {
        var copy = part.DeepClone();
        foreach (var reference in References(copy).ToList())
        {
            var name = ((string)reference["$ref"]!)[InDocument.Length..];
            reference["$ref"] = InSchema + name;
            // Reserved first: a schema may refer to itself.
            if (definitions.TryAdd(name, null!))
                definitions[name] = Taken(components[name]!, components, definitions);
        }
        return copy;
    }

    private static IEnumerable<JsonObject> References(JsonNode? node) => node switch
    {
        JsonObject one => (one["$ref"] is JsonValue ? [one] : Enumerable.Empty<JsonObject>()).Concat(one.SelectMany(member => References(member.Value))),
        JsonArray several => several.SelectMany(References),
        _ => [],
    };
}
