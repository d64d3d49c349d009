using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.Client;

/// <summary>A code of a list that may grow: what is not known here is kept, and can be sent back as it came.</summary>
/// <typeparam name="TCode">The list.</typeparam>
public interface ICode<TCode> where TCode : struct, ICode<TCode>
{
    /// <summary>The code as it is written.</summary>
    string Value { get; }

    /// <summary>The code that is written like this, known or not.</summary>
    static abstract TCode Of(string value);
}

internal sealed class CodeConverter<TCode> : JsonConverter<TCode> where TCode : struct, ICode<TCode>
{
    public override TCode Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        TCode.Of(reader.GetString() ?? throw new JsonException());

    public override void Write(Utf8JsonWriter writer, TCode value, JsonSerializerOptions options) => writer.WriteStringValue(value.Value);
}
