using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>Text must be text: no U+0000, which PostgreSQL cannot store, and no half of a surrogate pair, which UTF-8 cannot express.</summary>
internal sealed class TextConverter : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? Text(ref reader) : throw new JsonRuleException("wrong-type", $"Cannot be read. {Expected.Form("String")}");

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Text(ref reader);

    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);

    /// <summary>Throws when <paramref name="text"/> cannot be stored; <paramref name="below"/> is the way to it from where a converter reads.</summary>
    public static void Check(string text, string below = "")
    {
        if (text.Contains('\0'))
            throw new JsonRuleException("null-character", "Holds the character U+0000. Remove it.", below);
    }

    /// <summary>The text, or the name of a member, that the reader stands at.</summary>
    /// <exception cref="JsonRuleException">It is none.</exception>
    public static string Text(ref Utf8JsonReader reader)
    {
        string text;
        try
        {
            text = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw new JsonRuleException("broken-text", "Is not valid Unicode: half of a surrogate pair, or bytes that are not UTF-8. Send UTF-8.");
        }

        Check(text);
        return text;
    }
}
