using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>
/// Reads a body against what the program knows of its type, and says everything that it does not understand, where the serializer stops at the first. Single
/// values are read by the serializer itself, so both mean the same by a type. Only for a body that the serializer has refused, or whose sender wants leniency.
/// </summary>
internal sealed class BodyWalk
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly JsonSerializerOptions _json;
    private readonly Utf8JsonWriter _writer;
    private BodyPlace _at = BodyPlace.Root;

    private BodyWalk(ReadOnlyMemory<byte> body, Utf8JsonWriter understood, JsonSerializerOptions json, bool isLenient) =>
        (_body, _writer, _json, Found) = (body, understood, json, new(isLenient));

    /// <summary>What is wrong and what is not known.</summary>
    public BodyFindings Found { get; }

    /// <summary>The body without what was not understood; null when it is no JSON. Items of lists stay in their places, as null.</summary>
    public ReadOnlyMemory<byte>? Understood { get; private set; }

    /// <summary>Walks through a body that is meant as a <paramref name="type"/>.</summary>
    public static BodyWalk Through(ReadOnlyMemory<byte> body, Type type, JsonSerializerOptions json, bool isLenient = false)
    {
        // As the serializer does.
        body = body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;
        var understood = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(understood);
        var walk = new BodyWalk(body, writer, json, isLenient);
        try
        {
            var reader = new Utf8JsonReader(body.Span, new JsonReaderOptions { MaxDepth = json.MaxDepth });
            walk.Next(ref reader, BodyPlace.Root);
            walk.Value(ref reader, type, BodyPlace.Root, null, null);
            walk.Next(ref reader, BodyPlace.Root);
            writer.Flush();
            walk.Understood = understood.WrittenMemory;
        }
        catch (JsonException malformed)
        {
            walk.Found.Wrong(walk._at, "malformed-json", FormattableString.Invariant(
                $"Not well-formed JSON (or nested deeper than {json.MaxDepth} levels) at line {(malformed.LineNumber ?? 0) + 1}, byte {(malformed.BytePositionInLine ?? 0) + 1}. Send one complete JSON value in UTF-8."));
        }
        return walk;
    }

    /// <summary>Adds what rules find in what was understood, but for what follows from something that could not be read, which is absent for them.</summary>
    /// <param name="type">The type that the rules are of.</param>
    /// <param name="rules">What is wrong with a body.</param>
    /// <returns>Everything that is wrong.</returns>
    public ValidationErrors HoldAgainst(Type type, Func<object, ValidationErrors> rules)
    {
        if (Understood is { } understood && Read(understood, type) is { } body)
        {
            foreach (var broken in rules(body).All.Where(broken => !Found.Errors.All.Any(error => Causes(error, broken))).ToList())
                Found.Errors.Add(broken.Pointer!, broken.Code, broken.Detail);
        }
        return Found.Errors;
    }

    // What could not be read is absent for the rules, and not for its sender.
    private static bool Causes(ValidationError error, ValidationError broken) => error.Code != "unknown-member"
        && (broken.Pointer == error.Pointer || broken.Pointer!.StartsWith($"{error.Pointer}/", StringComparison.Ordinal));

    private object? Read(ReadOnlyMemory<byte> understood, Type type)
    {
        try
        {
            return JsonSerializer.Deserialize(understood.Span, type, _json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private JsonTokenType Next(ref Utf8JsonReader reader, BodyPlace at)
    {
        _at = at;
        reader.Read();
        return reader.TokenType;
    }

    private void Value(ref Utf8JsonReader reader, Type wanted, BodyPlace at, string? member, MemberLimit? limit)
    {
        var type = _json.GetTypeInfo(Nullable.GetUnderlyingType(wanted) ?? wanted);
        var isContainer = reader.TokenType == JsonTokenType.StartObject && type.Kind is JsonTypeInfoKind.Object or JsonTypeInfoKind.Dictionary
            || reader.TokenType == JsonTokenType.StartArray && type.Kind == JsonTypeInfoKind.Enumerable;
        if (!isContainer)
        {
            Single(ref reader, wanted, at, member, limit);
            return;
        }
        Name(member);
        if (type.Kind == JsonTypeInfoKind.Enumerable)
            Items(ref reader, type.ElementType!, at, limit);
        else
            Members(ref reader, type, at);
    }

    private void Members(ref Utf8JsonReader reader, JsonTypeInfo type, BodyPlace at)
    {
        var known = type.Kind == JsonTypeInfoKind.Object ? type.Properties.Where(property => property.Set is not null).ToDictionary(property => property.Name) : null;
        var seen = new HashSet<string>();
        _writer.WriteStartObject();
        while (Next(ref reader, at) != JsonTokenType.EndObject)
        {
            var name = NameAt(ref reader);
            var property = known?.GetValueOrDefault(name ?? "");
            var wanted = known is null ? type.ElementType : property?.PropertyType;
            var place = _at = known is null || wanted is null ? at.Named(name) : at.Of(name!);
            if (name is null && known is null)
                Found.Wrong(place, "broken-text", "A name here holds U+0000, or is not valid Unicode. Correct it, in UTF-8.");
            else if (wanted is null)
                Found.Unknown(name, at, known!.Keys);
            else if (!seen.Add(name!))
                Found.Wrong(place, "duplicate-member", "A member is given twice here. Give it once.");
            else
            {
                Next(ref reader, place);
                Value(ref reader, wanted, place, name, property is null ? null : MemberLimit.Of(property));
                continue;
            }
            reader.Skip();
        }
        _writer.WriteEndObject();
        foreach (var missing in type.Properties.Where(property => property.IsRequired && !seen.Contains(property.Name)))
            Found.Wrong(at.Of(missing.Name), "required", "Must be given.");
    }

    private void Items(ref Utf8JsonReader reader, Type wanted, BodyPlace at, MemberLimit? limit)
    {
        var index = 0;
        _writer.WriteStartArray();
        for (; Next(ref reader, at) != JsonTokenType.EndArray; index++)
            Value(ref reader, wanted, at.Of(index), null, limit?.OfItems);
        _writer.WriteEndArray();
        if (index > limit?.Most && limit.TooMany() is var broken)
            Found.Wrong(at, broken.Code, broken.Rule);
    }

    private void Single(ref Utf8JsonReader reader, Type wanted, BodyPlace at, string? member, MemberLimit? limit)
    {
        _at = at;
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        var value = _body.Span[start..(int)reader.BytesConsumed];
        try
        {
            var read = JsonSerializer.Deserialize(value, _json.GetTypeInfo(wanted));
            if (limit?.Broken(read) is { } tooMuch)
                Found.Wrong(at, tooMuch.Code, tooMuch.Rule);
            Name(member);
            _writer.WriteRawValue(value, skipInputValidation: true);
            return;
        }
        catch (JsonRuleException broken)
        {
            Found.Wrong(at.Below(broken.Below), broken.Code, broken.Rule);
        }
        catch (JsonException)
        {
            Found.Wrong(at, "wrong-type", $"Cannot be read. {Expected.Form(wanted)}");
        }
        if (member is null)
            _writer.WriteNullValue();
    }

    private static string? NameAt(ref Utf8JsonReader reader)
    {
        try
        {
            return TextConverter.Text(ref reader);
        }
        catch (JsonRuleException)
        {
            return null;
        }
    }

    private void Name(string? member)
    {
        if (member is not null)
            _writer.WritePropertyName(member);
    }
}
