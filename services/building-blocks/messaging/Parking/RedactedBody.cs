using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace SafeHarbor.Messaging.Parking;

/// <summary>A message's body as an operator may see it: its shape, ids, instants and codes; every other text and every number is blanked.</summary>
internal static partial class RedactedBody
{
    public static JsonNode Of(byte[] body)
    {
        try
        {
            return Redact(JsonNode.Parse(body)) ?? "null";
        }
        catch (JsonException)
        {
            return $"({body.Length} bytes that are not JSON)";
        }
    }

    private static JsonNode? Redact(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select(m => KeyValuePair.Create(m.Key, Redact(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Redact)]),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String when IsHarmless().IsMatch(value.GetValue<string>()) => value.DeepClone(),
            JsonValueKind.String => "(text)",
            JsonValueKind.Number => "(number)",
            _ => value.DeepClone(),
        },
        _ => null,
    };

    // An id, an instant, a code in capitals, a county's FIPS, an organisation.
    [GeneratedRegex(@"^([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)|[A-Z][A-Z_0-9]{2,40}|06\d{3}|(le|county|provider|da|state):[A-Za-z0-9-]{1,60}|[a-z-]+\.[a-z-]+\.v\d+)$")]
    private static partial Regex IsHarmless();
}
