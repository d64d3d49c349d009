using System.Text.Json.Nodes;
using SafeHarbor.Local.Api;

namespace SafeHarbor.Local.Tests.Api;

/// <summary>A table of changes to a schema: what breaks for messages (read by both), for what we take (the encounter), for what we give (the notice).</summary>
public sealed class CompatibilityTests
{
    private const string Before =
        """
        {
          "type": "object",
          "required": ["id", "child"],
          "properties": {
            "id": { "type": "string", "format": "uuid", "description": "The message." },
            "count": { "type": "integer", "minimum": 0, "maximum": 10 },
            "zip": { "type": "string", "pattern": "^[0-9]{5}$", "minLength": 5, "maxLength": 5 },
            "tags": { "type": "array", "items": { "$ref": "#/$defs/Codes" }, "minItems": 1, "maxItems": 3 },
            "child": { "$ref": "#/$defs/Child" },
            "guardian": { "oneOf": [{ "$ref": "#/$defs/Child" }, { "type": "null" }] },
            "note": { "type": ["null", "string"] },
            "answers": { "type": "object", "additionalProperties": { "type": "string" }, "propertyNames": { "$ref": "#/$defs/Codes" } }
          },
          "$defs": {
            "Codes": { "type": "string", "enum": ["A", "B"], "x-enum-descriptions": ["The one.", "The other."] },
            "Child": { "type": "object", "required": ["age"], "properties": { "age": { "type": "integer" }, "sibling": { "$ref": "#/$defs/Child" } } }
          }
        }
        """;

    private static readonly Dictionary<string, Action<JsonNode>> Changes = new()
    {
        ["nothing"] = _ => { },
        ["another description"] = s => s["properties"]!["id"]!["description"] = "It.",
        ["an example"] = s => s["examples"] = new JsonArray("x"),
        ["another meaning of a code"] = s => s["$defs"]!["Codes"]!["x-enum-descriptions"]![0] = "Another.",
        ["another name of a part"] = s =>
        {
            s["$defs"]!["Person"] = s["$defs"]!["Child"]!.DeepClone();
            s["properties"]!["child"]!["$ref"] = "#/$defs/Person";
        },
        ["a part written where it is used"] = s => s["properties"]!["tags"]!["items"] = s["$defs"]!["Codes"]!.DeepClone(),

        ["a member that may be missing is added"] = s => s["properties"]!["later"] = new JsonObject { ["type"] = "string" },
        ["a member that must be there is added"] = s => (s["properties"]!["later"], _) = (new JsonObject { ["type"] = "string" }, Require(s, "later")),
        ["a member is removed"] = s => s["properties"]!.AsObject().Remove("note"),
        ["a member of a part is removed"] = s => s["$defs"]!["Child"]!["properties"]!.AsObject().Remove("sibling"),
        ["a member is renamed"] = s => (s["properties"]!["remark"], _) = (s["properties"]!["note"]!.DeepClone(), s["properties"]!.AsObject().Remove("note")),
        ["what may be missing must be there"] = s => Require(s, "zip"),
        ["what must be there may be missing"] = s => s["required"]!.AsArray().RemoveAt(0),
        ["a part's member may be missing"] = s => s["$defs"]!["Child"]!.AsObject().Remove("required"),

        ["another type"] = s => s["properties"]!["id"]!["type"] = "integer",
        ["any number instead of integers"] = s => s["properties"]!["count"]!["type"] = "number",
        ["null no more"] = s => s["properties"]!["note"]!["type"] = "string",
        ["null, too"] = s => s["properties"]!["zip"]!["type"] = new JsonArray("null", "string"),
        ["a part is null no more"] = s => s["properties"]!["guardian"] = new JsonObject { ["$ref"] = "#/$defs/Child" },
        ["a part may be null"] = s => s["properties"]!["child"] = new JsonObject { ["oneOf"] = new JsonArray(new JsonObject { ["$ref"] = "#/$defs/Child" }, new JsonObject { ["type"] = "null" }) },
        ["another format"] = s => s["properties"]!["id"]!["format"] = "uri",
        ["no format"] = s => s["properties"]!["id"]!.AsObject().Remove("format"),
        ["another pattern"] = s => s["properties"]!["zip"]!["pattern"] = "^[0-9]{9}$",
        ["a code is added"] = s => s["$defs"]!["Codes"]!["enum"]!.AsArray().Add("C"),
        ["a code is removed"] = s => s["$defs"]!["Codes"]!["enum"]!.AsArray().RemoveAt(0),
        ["a text is one of some codes"] = s => s["properties"]!["note"]!["enum"] = new JsonArray("A", null),
        ["a constant"] = s => s["properties"]!["note"]!["const"] = "A",
        ["the least value grows"] = s => s["properties"]!["count"]!["minimum"] = 1,
        ["the greatest value shrinks"] = s => s["properties"]!["count"]!["maximum"] = 9,
        ["the least length grows"] = s => s["properties"]!["zip"]!["minLength"] = 6,
        ["the greatest length grows"] = s => s["properties"]!["zip"]!["maxLength"] = 10,
        ["fewer items"] = s => s["properties"]!["tags"]!["maxItems"] = 2,
        ["a limit where there was none"] = s => s["properties"]!["note"]!["maxLength"] = 100,
        ["unknown members are refused"] = s => s["additionalProperties"] = false,
        ["other values under names"] = s => s["properties"]!["answers"]!["additionalProperties"]!["type"] = "integer",
        ["any values under names"] = s => s["properties"]!["answers"]!.AsObject().Remove("additionalProperties"),
        ["any names"] = s => s["properties"]!["answers"]!.AsObject().Remove("propertyNames"),
        ["what a missing member stands for"] = s => s["properties"]!["count"]!["default"] = 1,
        ["a keyword that nothing here knows"] = s => s["minProperties"] = 1,
    };

    [Theory]
    [InlineData("nothing", "")]
    [InlineData("another description", "")]
    [InlineData("an example", "")]
    [InlineData("another meaning of a code", "")]
    [InlineData("another name of a part", "")]
    [InlineData("a part written where it is used", "")]
    [InlineData("a member that may be missing is added", "")]
    [InlineData("a member that must be there is added", "message taken")]
    [InlineData("a member is removed", "message taken given")]
    [InlineData("a member of a part is removed", "message taken given")]
    [InlineData("a member is renamed", "message taken given")]
    [InlineData("what may be missing must be there", "message taken")]
    [InlineData("what must be there may be missing", "message given")]
    [InlineData("a part's member may be missing", "message given")]
    [InlineData("another type", "message taken given")]
    [InlineData("any number instead of integers", "message given")]
    [InlineData("null no more", "message taken")]
    [InlineData("null, too", "message given")]
    [InlineData("a part is null no more", "message taken")]
    [InlineData("a part may be null", "message given")]
    [InlineData("another format", "message taken given")]
    [InlineData("no format", "message given")]
    [InlineData("another pattern", "message taken given")]
    [InlineData("a code is added", "message given")]
    [InlineData("a code is removed", "message taken")]
    [InlineData("a text is one of some codes", "message taken")]
    [InlineData("a constant", "message taken")]
    [InlineData("the least value grows", "message taken")]
    [InlineData("the greatest value shrinks", "message taken")]
    [InlineData("the least length grows", "message taken")]
    [InlineData("the greatest length grows", "message given")]
    [InlineData("fewer items", "message taken")]
    [InlineData("a limit where there was none", "message taken")]
    [InlineData("unknown members are refused", "message taken")]
    [InlineData("other values under names", "message taken given")]
    [InlineData("any values under names", "message given")]
    [InlineData("any names", "message given")]
    [InlineData("what a missing member stands for", "message taken given")]
    [InlineData("a keyword that nothing here knows", "message taken given")]
    public void A_change_breaks(string change, string what)
    {
        var (before, now) = (JsonNode.Parse(Before)!, JsonNode.Parse(Before)!);

        Changes[change](now);

        (string Kind, Readers Readers)[] kinds = [("message", Readers.Both), ("taken", Readers.Ours), ("given", Readers.Others)];
        string.Join(' ', kinds.Where(kind => Compatibility.Broken(before, now, kind.Readers).Count > 0).Select(kind => kind.Kind)).ShouldBe(what);
    }

    [Fact]
    public void A_finding_says_where_and_for_whom_once_for_each_part()
    {
        var now = JsonNode.Parse(Before)!;
        now["properties"]!.AsObject().Remove("note");
        now["$defs"]!["Child"]!["required"]!.AsArray().Clear();

        Compatibility.Broken(JsonNode.Parse(Before)!, now, Readers.Both).ShouldBe(
            ["/note is gone, in what was sent before", "/child/age is demanded, and may be missing, for whoever reads as before"]);
    }

    [Fact]
    public void A_member_is_added_to_what_takes_no_unknown_ones_when_we_read_it_and_not_when_others_do()
    {
        var before = JsonNode.Parse(Before)!;
        before["additionalProperties"] = false;
        var now = before.DeepClone();
        now["properties"]!["later"] = new JsonObject { ["type"] = "string" };

        Compatibility.Broken(before, now, Readers.Ours).ShouldBeEmpty();
        Compatibility.Broken(before, now, Readers.Others).ShouldNotBeEmpty();
    }

    private static bool Require(JsonNode schema, string member)
    {
        schema["required"]!.AsArray().Add(member);
        return true;
    }
}
