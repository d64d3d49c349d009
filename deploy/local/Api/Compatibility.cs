using System.Globalization;
using System.Text.Json.Nodes;

namespace SafeHarbor.Local.Api;

/// <summary>
/// What a schema takes from whoever relied on the previous one: a member that is gone, and, for each who reads, what one side may hold and the other refuses. It knows
/// the keywords that our schemas use; a change of any other is a finding.
/// </summary>
internal sealed class Compatibility
{
    /// <summary>What says something to people and demands nothing.</summary>
    private static readonly HashSet<string> Words = ["$schema", "$id", "$defs", "title", "description", "examples", "x-enum-descriptions"];

    private static readonly Dictionary<string, string> Least = new() { ["minimum"] = "smaller", ["minLength"] = "shorter", ["minItems"] = "of fewer items" };

    private static readonly Dictionary<string, string> Most = new() { ["maximum"] = "greater", ["maxLength"] = "longer", ["maxItems"] = "of more items" };

    private static readonly HashSet<string> Judged =
        ["$ref", "type", "format", "pattern", "enum", "const", "required", "properties", "additionalProperties", "items", "propertyNames", "oneOf", .. Least.Keys, .. Most.Keys];

    private const string Gone = "is gone";

    private readonly JsonNode _from;
    private readonly JsonNode _to;
    private readonly bool _mayAdd;
    private readonly List<string> _findings = [];
    private readonly HashSet<string> _met = [];

    private Compatibility(JsonNode from, JsonNode to, bool mayAdd) => (_from, _to, _mayAdd) = (from, to, mayAdd);

    /// <summary>What is broken between two versions of a schema, in the order of its members; nothing when everybody can go on.</summary>
    public static IReadOnlyList<string> Broken(JsonNode before, JsonNode now, Readers readers)
    {
        var ours = Refused(before, now, mayAdd: false);
        return
        [
            .. readers.HasFlag(Readers.Ours) ? ours.Select(finding => $"{finding}, in what was sent before") : ours.Where(finding => finding.EndsWith(Gone, StringComparison.Ordinal)),
            .. readers.HasFlag(Readers.Others) ? Refused(now, before, mayAdd: true).Select(finding => $"{finding}, for whoever reads as before") : [],
        ];
    }

    // What may be as `from` says and is refused by `to`. Only what is newer may have members that the other does not know.
    private static List<string> Refused(JsonNode from, JsonNode to, bool mayAdd)
    {
        var one = new Compatibility(from, to, mayAdd);
        one.Compare("", from, to);
        return one._findings;
    }

    private void Compare(string at, JsonNode from, JsonNode to)
    {
        // Each pair once: a schema may hold itself.
        if (from["$ref"] is { } a && to["$ref"] is { } b && !_met.Add($"{a} {b}"))
            return;
        var (one, other) = (Resolved(from, _from), Resolved(to, _to));
        if (one.ContainsKey("oneOf") || other.ContainsKey("oneOf"))
            Alternatives(at, one, other);
        else
            Single(at, one, other);
    }

    private void Single(string at, JsonObject from, JsonObject to)
    {
        var types = Texts(to["type"]);
        Say(at, types.Count > 0 && (Texts(from["type"]) is { Count: 0 } || Texts(from["type"]).Any(t => !types.Contains(t) && !(t == "integer" && types.Contains("number")))), "has another type");
        foreach (var keyword in (string[])["format", "pattern", "const"])
            Say(at, to[keyword] is { } demanded && !JsonNode.DeepEquals(from[keyword], demanded), $"has another {keyword}");
        foreach (var (keyword, than) in Least)
            Say(at, Number(to[keyword]) is { } least && !(Number(from[keyword]) >= least), $"may be {than} than is taken");
        foreach (var (keyword, than) in Most)
            Say(at, Number(to[keyword]) is { } most && !(Number(from[keyword]) <= most), $"may be {than} than is taken");
        if (to["enum"] is JsonArray known)
            Codes(at, from["enum"] as JsonArray, known);
        Members(at, from, to);
        Within($"{at}/*", from["items"], to["items"]);
        Within($"{at}/(names)", from["propertyNames"], to["propertyNames"]);
        foreach (var keyword in from.Concat(to).Select(k => k.Key).Distinct().Where(k => !Words.Contains(k) && !Judged.Contains(k)))
            Say(at, !JsonNode.DeepEquals(from[keyword], to[keyword]), $"{keyword} has changed, which nothing here can judge");
    }

    private void Codes(string at, JsonArray? from, JsonArray known)
    {
        Say(at, from is null, "may be something else than one of the codes");
        foreach (var code in from?.Where(code => !known.Any(k => JsonNode.DeepEquals(k, code))) ?? [])
            Say(at, true, $"the code {code?.ToJsonString() ?? "null"} is not known");
    }

    private void Members(string at, JsonObject from, JsonObject to)
    {
        var (had, has) = (from["properties"] as JsonObject ?? [], to["properties"] as JsonObject ?? []);
        foreach (var name in Texts(to["required"]).Except(Texts(from["required"])))
            Say($"{at}/{name}", true, "is demanded, and may be missing");
        foreach (var (name, member) in had)
        {
            if (has[name] is { } kept)
                Compare($"{at}/{name}", member!, kept);
            else
                Say($"{at}/{name}", !_mayAdd || IsClosed(to), _mayAdd ? "is not known" : Gone);
        }
        Say(at, IsClosed(to) && !IsClosed(from), "takes no unknown members");
        if (to["additionalProperties"] is JsonObject each)
            Within($"{at}/*", from["additionalProperties"], each);
    }

    private void Within(string at, JsonNode? from, JsonNode? to)
    {
        if (to is JsonObject && from is JsonObject)
            Compare(at, from, to);
        else
            Say(at, to is JsonObject, "is limited");
    }

    private void Alternatives(string at, JsonObject from, JsonObject to)
    {
        var possible = to["oneOf"] as JsonArray ?? [to.DeepClone()];
        foreach (var alternative in from["oneOf"] as JsonArray ?? [from.DeepClone()])
            Say(at, possible.All(p => Trial(alternative!, p!).Count > 0), "may hold something else");
    }

    private List<string> Trial(JsonNode from, JsonNode to)
    {
        var one = new Compatibility(_from, _to, _mayAdd);
        one._met.UnionWith(_met);
        one.Compare("", from, to);
        return one._findings;
    }

    private void Say(string at, bool isSo, string finding)
    {
        if (isSo)
            _findings.Add($"{(at.Length == 0 ? "/" : at)} {finding}");
    }

    private static JsonObject Resolved(JsonNode part, JsonNode root) =>
        part["$ref"] is { } reference ? Resolved(root["$defs"]![((string)reference!)["#/$defs/".Length..]]!, root) : part.AsObject();

    private static bool IsClosed(JsonObject schema) => schema["additionalProperties"] is JsonValue closed && !closed.GetValue<bool>();

    private static HashSet<string> Texts(JsonNode? node) => node switch
    {
        JsonArray several => [.. several.Select(one => (string)one!)],
        JsonValue one => [(string)one!],
        _ => [],
    };

    private static double? Number(JsonNode? node) => node is null ? null : double.Parse(node.ToJsonString(), CultureInfo.InvariantCulture);
}
