using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SafeHarbor.ServiceDefaults.Problems;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;
using YamlDotNet.Serialization;

namespace SafeHarbor.ServiceDefaults.Json;

#pragma warning disable CA1720 // "Pointer" is JSON's word (RFC 6901), as in errors.

/// <summary>
/// A file that people write as YAML, or as JSON, which is YAML too. What it says is JSON: a text without quotation marks that JSON would read as a number, true, false
/// or null is that, and any other is a text (<c>06037</c> and <c>yes</c> are).
/// </summary>
public sealed partial class YamlFile
{
    private readonly Dictionary<string, Mark> _places = [];
    private readonly HashSet<YamlNode> _containers = new(ReferenceEqualityComparer.Instance);
    private readonly ReadOnlyMemory<byte> _json;

    private YamlFile(YamlNode root)
    {
        var json = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(json))
            Write(writer, root, BodyPlace.Root.Pointer, root.Start);
        _json = json.WrittenMemory;
    }

    /// <summary>What it says.</summary>
    public string Json => Encoding.UTF8.GetString(_json.Span);

    /// <summary>Reads a file's text.</summary>
    /// <exception cref="FormatException">It is no YAML, says nothing, or uses what is not taken here; the message says where, and what to do.</exception>
    public static YamlFile Parse(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            var yaml = new YamlStream();
            yaml.Load(parser);
            return yaml.Documents is [var only] ? new(only.RootNode) : throw new FormatException($"line 1: Holds {yaml.Documents.Count} documents. Write one.");
        }
        catch (YamlException wrong)
        {
            throw Wrong(wrong.Start, $"Is no YAML that can be read: {wrong.Message}");
        }
        // What the parser says of some brackets that are not closed.
        catch (InvalidOperationException)
        {
            throw Wrong(parser.Current?.End ?? Mark.Empty, "Is no YAML that can be read. Look for a bracket or a quotation mark that is not closed.");
        }
    }

    /// <summary>JSON as such a file, without members that are null.</summary>
    public static string Of(JsonElement json) => new SerializerBuilder().WithQuotingNecessaryStrings(quoteYaml1_1Strings: true).DisableAliases().Build().Serialize(Plain(json)!);

    /// <summary>Line and column, from 1, of what a JSON Pointer names; of what is around it when it is not there.</summary>
    public (long Line, long Column) PlaceOf(string pointer)
    {
        for (var at = pointer; ; at = at[..at.LastIndexOf('/')])
            if (_places.TryGetValue(at, out var mark))
                return (mark.Line, mark.Column);
    }

    /// <summary>Reads it as strictly as a request's body: everything that is wrong is said at once.</summary>
    /// <param name="json">How JSON is read.</param>
    /// <param name="rules">What is wrong with one that could be read, perhaps only in part.</param>
    /// <returns>What it says, and what is wrong with it; null when anything is.</returns>
    public (T? Value, ValidationErrors Wrong) Read<T>(JsonSerializerOptions json, Func<T, ValidationErrors> rules) where T : class
    {
        var walk = BodyWalk.Through(_json, typeof(T), json);
        var wrong = walk.HoldAgainst(typeof(T), body => rules((T)body));
        return (wrong.Any ? null : JsonSerializer.Deserialize<T>(_json.Span, json), wrong);
    }

    private void Write(Utf8JsonWriter writer, YamlNode node, string pointer, Mark place)
    {
        _places[pointer] = place;
        if (node is not YamlScalarNode && !_containers.Add(node))
            throw Wrong(node.Start, "Refers to another part of the file. Write it out.");
        switch (node)
        {
            case YamlMappingNode members:
                writer.WriteStartObject();
                foreach (var (key, value) in members.Children)
                {
                    if (key is not YamlScalarNode { Value: { } name })
                        throw Wrong(key.Start, "Has a name that is no text. Write one.");
                    writer.WritePropertyName(name);
                    Write(writer, value, pointer + JsonPointer.Of(name), key.Start);
                }
                writer.WriteEndObject();
                break;
            case YamlSequenceNode items:
                writer.WriteStartArray();
                foreach (var (index, item) in items.Children.Index())
                    Write(writer, item, pointer + JsonPointer.Of(index), item.Start);
                writer.WriteEndArray();
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: null or "" or "~" or "null" }:
                writer.WriteNullValue();
                break;
            case YamlScalarNode { Style: ScalarStyle.Plain, Value: { } plain } when Literal().IsMatch(plain):
                writer.WriteRawValue(plain);
                break;
            case YamlScalarNode text:
                writer.WriteStringValue(text.Value);
                break;
        }
    }

    private static object? Plain(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().Where(member => member.Value.ValueKind != JsonValueKind.Null).ToDictionary(member => member.Name, member => Plain(member.Value)),
        JsonValueKind.Array => json.EnumerateArray().Select(Plain).ToList(),
        JsonValueKind.Number => json.GetDecimal(),
        JsonValueKind.True or JsonValueKind.False => json.GetBoolean(),
        _ => json.GetString(),
    };

    private static FormatException Wrong(Mark at, string what) => new($"line {at.Line}, column {at.Column}: {what}");

    [GeneratedRegex(@"\A(true|false|-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?)\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Literal();
}
