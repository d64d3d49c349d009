using System.Text.Json;
using System.Text.Json.Serialization;
using SafeHarbor.ServiceDefaults.Comparing;

namespace SafeHarbor.Intake.Duplicates;

/// <summary>The JSON of what was sent, equal for equal content: its texts in the form in which texts are compared, its instants in UTC.</summary>
internal static class CanonicalJson
{
    private static readonly JsonSerializerOptions Options = new() { Converters = { new Texts(), new Instants() } };

    public static byte[] Of<T>(T content) => JsonSerializer.SerializeToUtf8Bytes(content, Options);

    private sealed class Texts : JsonConverter<string>
    {
        public override string Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(CanonicalText.Of(value));
    }

    private sealed class Instants : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value.UtcDateTime);
    }
}
