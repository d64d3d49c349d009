using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeHarbor.Local;

namespace SafeHarbor.TestServers;

/// <summary>A service's document of docs/api: what it shows can be sent, and what it says is answered.</summary>
public sealed class DocumentedApi
{
    private readonly JsonNode _document;
    private readonly string _id;
    private readonly JsonNode _operation;

    private DocumentedApi(JsonNode document, string id)
    {
        (_document, _id) = (document, id);
        (Path, Method, _operation) = (from path in document["paths"]!.AsObject()
                                      from operation in path.Value!.AsObject()
                                      where (string?)operation.Value!["operationId"] == id
                                      select (path.Key, HttpMethod.Parse(operation.Key), operation.Value!)).Single();
    }

    /// <summary>With its route values in braces.</summary>
    public string Path { get; }

    public HttpMethod Method { get; }

    /// <summary>The body that the document shows; null when it takes none.</summary>
    public JsonNode? Example => _operation["requestBody"]?["content"]?["application/json"]?["example"];

    /// <summary>The operation of a service.</summary>
    public static DocumentedApi Operation(string service, string id) =>
        new(JsonNode.Parse(File.ReadAllText(System.IO.Path.Combine(Checkout.Find().Root, "docs", "api", $"{service}.json")))!, id);

    /// <summary>Sends the example.</summary>
    /// <param name="client">Somebody who may.</param>
    /// <param name="routeValue">The route's value, when it has one.</param>
    /// <param name="ifMatch">The header, where it is demanded.</param>
    /// <param name="cancellation">Cancels.</param>
    /// <returns>The answer's body, and what of it is not as the document says; nothing is.</returns>
    public async Task<(JsonNode? Body, IReadOnlyList<string> Differences)> SendAsync(HttpClient client, object? routeValue, CancellationToken cancellation, string? ifMatch = null)
    {
        var path = routeValue is null ? Path : $"{Path.Split('{')[0]}{routeValue}{Path.Split('}')[1]}";
        using var request = new HttpRequestMessage(Method, path) { Content = Example is null ? null : JsonContent.Create(Example) };
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        using var answer = await client.SendAsync(request, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        var body = text.Length == 0 ? null : JsonNode.Parse(text);
        return answer.IsSuccessStatusCode ? (body, [.. Differences((int)answer.StatusCode, body), .. OfShown((int)answer.StatusCode, body)]) : (body, [$"{_id} is answered with {(int)answer.StatusCode}: {text}"]);
    }

    private IEnumerable<string> OfShown(int status, JsonNode? body) =>
        ShownAnswer.Difference(_id, _operation["responses"]?[$"{status}"]?["content"]?["application/json"]?["example"], body) is { } difference ? [difference] : [];

    /// <summary>What an answer has that the document does not say, or lacks that it promises.</summary>
    public IReadOnlyList<string> Differences(int status, JsonNode? body)
    {
        if (_operation["responses"]?[$"{status}"] is not { } response)
            return [$"{_id} does not say that it answers {status}"];
        var said = (string?)response["$ref"] is { } shared ? _document["components"]!["responses"]![shared.Split('/')[^1]]! : response;
        return said["content"]?.AsObject().Single().Value is { } content
            ? [.. Differences($"{_id} {status}", content["schema"], body)]
            : body is null ? [] : [$"{_id} {status} has a body that is not told"];
    }

    private IEnumerable<string> Differences(string at, JsonNode? schema, JsonNode? value)
    {
        if ((string?)schema?["$ref"] is { } reference)
            return Differences(at, _document["components"]!["schemas"]![reference.Split('/')[^1]], value);
        if (schema?["oneOf"] is JsonArray choices)
            return choices.Any(choice => !Differences(at, choice, value).Any()) ? [] : [$"{at} is none of {choices.ToJsonString()}"];
        if (schema?["enum"] is JsonArray codes && !codes.Any(code => JsonNode.DeepEquals(code, value)))
            return [$"{at} is no code that is told"];
        if ((string?)schema?["pattern"] is { } form && value?.GetValueKind() == JsonValueKind.String && !Regex.IsMatch((string)value!, form, RegexOptions.ECMAScript))
            return [$"{at} does not have the form that is told"];
        var types = schema?["type"] switch { JsonArray several => several.Select(type => (string)type!), { } one => [(string)one!], _ => [] };
        // What has no type may be any JSON.
        if (schema is null || schema["type"] is not null && !types.Any(type => Is(type, value)))
            return [$"{at} is not {string.Join(" or ", types)}"];
        return value switch
        {
            JsonArray items => items.SelectMany((item, i) => Differences($"{at}/{i}", schema!["items"], item)),
            JsonObject members => Members(at, schema!, members),
            _ => [],
        };
    }

    private IEnumerable<string> Members(string at, JsonNode schema, JsonObject members)
    {
        foreach (var required in schema["required"]?.AsArray().Select(name => (string)name!).Where(name => !members.ContainsKey(name)) ?? [])
            yield return $"{at}/{required} is missing";
        foreach (var (name, value) in members)
        {
            if (schema["properties"] is not { } properties)
            {
                // Free JSON, or a value for each name.
                foreach (var difference in schema["additionalProperties"] is JsonObject each ? Differences($"{at}/{name}", each, value) : [])
                    yield return difference;
            }
            else if (properties[name] is not { } property)
                yield return $"{at}/{name} is not told";
            else
                foreach (var difference in Differences($"{at}/{name}", property, value))
                    yield return difference;
        }
    }

    private static bool Is(string type, JsonNode? value) => (type, value?.GetValueKind() ?? JsonValueKind.Null) is
        ("null", JsonValueKind.Null) or ("string", JsonValueKind.String) or ("integer" or "number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False)
        or ("array", JsonValueKind.Array) or ("object", JsonValueKind.Object);
}
