using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>
/// An instant without offset means something else on every machine; it is refused rather than guessed. All of them are written alike: in UTC, with milliseconds, what
/// is below them cut off, so that no deadline is told later than it is.
/// </summary>
public sealed class InstantConverter : JsonConverter<DateTimeOffset>
{
    internal const string Form = "Give an instant with its offset from UTC, such as 2026-11-20T23:10:00-08:00 or 2026-11-21T07:10:00Z.";

    /// <inheritdoc/>
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.String || !reader.TryGetDateTimeOffset(out var instant))
            throw new JsonRuleException("wrong-type", $"Cannot be read. {Form}");
        return HasOffset(reader.GetString()!) ? instant : throw new JsonRuleException("offset-missing", $"The offset from UTC is missing. {Form}");
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));

    internal static bool HasOffset(string text) => text.IndexOf('T', StringComparison.Ordinal) is >= 0 and var time && text.AsSpan(time).IndexOfAny("Z+-") > 0;
}
