using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>Holds free JSON (a <see cref="JsonElement"/> member) to the same rule as every other text.</summary>
internal sealed class ElementConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var element = JsonElement.ParseValue(ref reader);
        Check(element, BodyPlace.Root);
        return element;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

    private static void Check(JsonElement element, BodyPlace below)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                TextConverter.Check(Text(element, below), below.Pointer);
                break;
            case JsonValueKind.Array:
                foreach (var (index, item) in element.EnumerateArray().Index())
                    Check(item, below.Of(index));
                break;
            case JsonValueKind.Object:
                foreach (var member in element.EnumerateObject())
                {
                    var name = Name(member, below);
                    TextConverter.Check(name, below.Pointer);
                    Check(member.Value, below.Named(name));
                }

                break;
        }
    }

    private static string Text(JsonElement element, BodyPlace below) => Readable(element.GetString, below)!;

    private static string Name(JsonProperty member, BodyPlace below) => Readable(() => member.Name, below)!;

    private static string? Readable(Func<string?> read, BodyPlace below)
    {
        try
        {
            return read();
        }
        catch (InvalidOperationException)
        {
            throw new JsonRuleException("broken-text", "Is not valid Unicode: half of a surrogate pair, or bytes that are not UTF-8. Send UTF-8.", below.Pointer);
        }
    }
}
