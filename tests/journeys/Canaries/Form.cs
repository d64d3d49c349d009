using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>
/// The body of a request as the running service describes it, with a canary in every text that it takes: a member that is added to the request is planted
/// without anybody thinking of it. Codes leave no room for one; what else is not planted is named here.
/// </summary>
/// <param name="document">The service's OpenAPI document.</param>
/// <param name="operation">Its request: method and path.</param>
/// <param name="canary">What is planted.</param>
internal sealed class Form(JsonElement document, (string Method, string Path) operation, Mark canary)
{
    /// <summary>Dates and ZIP codes leave no room for a canary: values that occur nowhere else stand in.</summary>
    public const string BornOn = "2011-02-28";
    public const string Zip = "90012-4711";

    private const int ItemsInList = 2;

    private static readonly Dictionary<string, Func<JsonNode?>> Exempt = new()
    {
        // The agency and its own number for the encounter name no person: the number has a form that leaves no room for words.
        ["/source/agencyOri"] = () => World.Officer.Split(':')[1],
        ["/source/incidentNumber"] = () => $"26-{Guid.NewGuid():N}"[..16],
        // Coordinates route the report, and travel.
        ["/location/latitude"] = () => 34.05,
        ["/location/longitude"] = () => -118.25,
        ["/location/zip"] = () => Zip,
        ["/presentLocation/latitude"] = () => 34.06,
        ["/presentLocation/longitude"] = () => -118.25,
        ["/presentLocation/zip"] = () => Zip,
        // Codes, which travel.
        ["/location/countyFips"] = () => null,
        ["/presentLocation/countyFips"] = () => null,
        ["/organization"] = () => "county:06037",
        ["/telephoneReport/organization"] = () => "county:06037",
        ["/child/languages/*"] = () => "en",
        ["/child/particulars/homeLanguage"] = () => "en",
        ["/child/residenceCountyFips"] = () => null,
        ["/child/dependencyCountyFips"] = () => null,
        ["/child/tribeOrganization"] = () => null,
        ["/children/*/languages/*"] = () => "en",
        ["/children/*/particulars/homeLanguage"] = () => "en",
        ["/children/*/residenceCountyFips"] = () => null,
        ["/children/*/dependencyCountyFips"] = () => null,
        ["/children/*/tribeOrganization"] = () => null,
        ["/children/*/needs"] = () => null,
        ["/children/*/sameChildAs"] = () => null,
    };

    /// <summary>A new body; no two have a planted value in common.</summary>
    public JsonObject Fill() => (JsonObject)Fill(
        document.GetProperty("paths").GetProperty(operation.Path).GetProperty(operation.Method).GetProperty("requestBody").GetProperty("content")
            .GetProperty("application/json").GetProperty("schema"), "")!;

    private JsonNode? Fill(JsonElement described, string path)
    {
        if (Exempt.TryGetValue(path, out var value))
            return value();
        var schema = Bare(described);
        if (schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("enum", out var codes))
            return codes.EnumerateArray().First(code => code.ValueKind == JsonValueKind.String).GetString();
        var format = schema.ValueKind == JsonValueKind.Object && schema.TryGetProperty("format", out var named) ? named.GetString() : null;
        return (TypeOf(schema), format) switch
        {
            ("object", _) => new JsonObject(schema.GetProperty("properties").EnumerateObject().Select(m => KeyValuePair.Create(m.Name, Fill(m.Value, $"{path}/{m.Name}")))),
            ("array", _) => new JsonArray([.. Enumerable.Range(0, ItemsInList).Select(_ => Fill(schema.TryGetProperty("items", out var items) ? items : default, path + "/*"))]),
            (_, "date-time") => DateTimeOffset.UtcNow.AddMinutes(-10).ToString("O"),
            (_, "date") => BornOn,
            ("string", _) => canary.Plant(path),
            ("boolean", _) => true,
            // A number has no room for a canary and is too short to be looked for.
            _ => null,
        };
    }

    private JsonElement Bare(JsonElement schema)
    {
        if (schema.ValueKind != JsonValueKind.Object)
            return schema;
        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
            if (schema.TryGetProperty(choice, out var choices))
                return Bare(choices.EnumerateArray().First(c => !c.TryGetProperty("type", out var type) || type.ValueKind != JsonValueKind.String || type.GetString() != "null"));
        return schema.TryGetProperty("$ref", out var reference)
            ? Bare(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]))
            : schema;
    }

    // Texts are read by a converter of ours, which the document cannot look into: what has no type is one.
    private static string TypeOf(JsonElement schema) => schema.ValueKind == JsonValueKind.Undefined || !schema.TryGetProperty("type", out var type) ? "string"
        : type.ValueKind == JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!).First(t => t != "null")
        : type.GetString()!;
}
