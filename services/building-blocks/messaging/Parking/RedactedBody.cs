using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Messaging.Parking;

/// <summary>
/// A message's body as an operator may see it: its shape, the contracts' members, ids, instants and codes; every other text and every number is blanked. What a
/// text looks like tells nothing: a name in capitals looks like a code, and a county, an organization or a kind of message can be made up of a name.
/// </summary>
internal static partial class RedactedBody
{
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    private static readonly HashSet<string> Codes =
    [
        .. from type in typeof(Urgencies).Assembly.GetTypes()
           where type.Namespace == typeof(Urgencies).Namespace
           from field in type.GetFields(BindingFlags.Public | BindingFlags.Static)
           from code in field.GetValue(null) is string one ? [one] : field.GetValue(null) as IEnumerable<string> ?? []
           select code,
    ];

    private static readonly HashSet<string> Members =
    [
        .. from type in typeof(Urgencies).Assembly.GetTypes()
           from member in type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
           select JsonNamingPolicy.CamelCase.ConvertName(member.Name),
    ];

    public static JsonNode Of(byte[] body)
    {
        try
        {
            return Redact(JsonNode.Parse(body, documentOptions: Strict)) ?? "null";
        }
        // Invalid where the syntax is right and a text is no Unicode.
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return $"({body.Length} bytes that are not JSON)";
        }
    }

    private static JsonNode? Redact(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Select((m, i) => KeyValuePair.Create(Members.Contains(m.Key) ? m.Key : $"(member {i + 1})", Redact(m.Value)))),
        JsonArray items => new JsonArray([.. items.Select(Redact)]),
        JsonValue value => value.GetValueKind() switch
        {
            JsonValueKind.String when IsHarmless(value.GetValue<string>()) => value.DeepClone(),
            JsonValueKind.String => "(text)",
            JsonValueKind.Number => "(number)",
            _ => value.DeepClone(),
        },
        _ => null,
    };

    private static bool IsHarmless(string text) => Codes.Contains(text) || IdOrInstant().IsMatch(text);

    [GeneratedRegex(@"\A([0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]{5,16}(Z|[+-][0-9]{2}:[0-9]{2}))\z")]
    private static partial Regex IdOrInstant();
}
