using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.Intake.Timeline;

/// <summary>A member that is JSON already, from a <c>jsonb</c> column: it goes into the answer as it is.</summary>
internal sealed class StoredJson : JsonConverter<string>
{
    public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonElement.ParseValue(ref reader).GetRawText();

    // The database has checked it.
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteRawValue(value, skipInputValidation: true);
}
