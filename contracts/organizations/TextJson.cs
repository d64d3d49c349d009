using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts;

/// <summary>An <see cref="IText{T}"/> as a JSON string. Another text than one of its form makes the whole JSON unreadable.</summary>
internal sealed class TextJson<T> : JsonConverter<T> where T : class, IText<T>
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String && T.TryParse(reader.GetString(), out var value) ? value : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
