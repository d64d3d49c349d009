using System.Text;
using System.Text.Json.Nodes;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Fuzz;

/// <summary>An operation of a service, as its document says: what it takes, and of whom.</summary>
/// <param name="Service">The service.</param>
/// <param name="Id">The operation's id.</param>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path, with its values in braces.</param>
/// <param name="Queries">Its query parameters.</param>
/// <param name="Callers">Organizations that may call it.</param>
/// <param name="Example">The body that the document shows; null when it takes none.</param>
internal sealed record Door(ServiceKind Service, string Id, HttpMethod Method, string Path, IReadOnlyList<string> Queries, IReadOnlyList<string> Callers, byte[]? Example)
{
    private static readonly Dictionary<string, string> Known = new()
    {
        ["le"] = "le:CA0194200",
        ["county"] = "county:06037",
        ["provider"] = "provider:harbor-house",
        ["da"] = "da:06037",
        ["state"] = "state:ca",
        ["licensing"] = "licensing:ca",
        ["attorney"] = "attorney:06037",
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Door> All(Checkout checkout) =>
    [
        .. from kind in ServiceKind.All
           let document = JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(checkout.Root, "docs", "api", $"{kind.Name}.json")))!
           from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select Of(kind, path.Key, operation.Key, operation.Value!),
    ];

    /// <summary>Its path with these values in the place of the braces.</summary>
    public string PathWith(Func<string, string> value) => string.Join('/', Path.Split('/').Select(part => part.StartsWith('{') ? value(part.Trim('{', '}')) : part));

    private static Door Of(ServiceKind kind, string path, string method, JsonNode operation) => new(
        kind, (string)operation["operationId"]!, HttpMethod.Parse(method), path,
        [.. Parameters(operation).Where(p => (string?)p["in"] == "query").Select(p => (string)p["name"]!)],
        [.. (operation["x-organizations"]?.AsArray() ?? []).Select(who => Known.GetValueOrDefault((string)who!)).OfType<string>().DefaultIfEmpty(Known["county"])],
        operation["requestBody"]?["content"]?["application/json"]?["example"] is { } example ? Encoding.UTF8.GetBytes(example.ToJsonString()) : null);

    private static IEnumerable<JsonNode> Parameters(JsonNode operation) => (operation["parameters"]?.AsArray() ?? []).OfType<JsonNode>();
}
