using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>Every way to send a body that is wrong, each with a canary in the very thing that is wrong: what is refused must not be repeated to anybody.</summary>
internal static class Mistakes
{
    private const int LongerThanAnyText = 21_000;
    private const int DeeperThanIsRead = 40;
    private const int LongerThanAnyBody = 1 << 21;

    public static IEnumerable<HttpContent> In(Func<JsonObject> valid, Mark canary)
    {
        string Plant() => canary.Plant("mistake");
        var places = PlacesIn(valid(), []).Where(place => !place.Contains(1)).ToList();
        foreach (var place in places)
        {
            yield return Json(With(valid(), place, Plant() + new string('x', LongerThanAnyText)).ToJsonString());
            yield return Json(With(valid(), place, new JsonObject { [canary.PlantName("mistake")] = Plant() }).ToJsonString());
            yield return Json(With(valid(), place, new JsonArray(Plant(), new JsonArray(Plant()))).ToJsonString());
        }

        foreach (var broken in Broken(valid, Plant, () => canary.PlantName("mistake")))
            yield return Json(broken);
        yield return Typed(valid(), $"text/{Plant()}");
        yield return Typed(valid(), $"application/json; charset={Plant()}");
        yield return Typed(valid(), "application/json", Plant());
    }

    private static IEnumerable<string> Broken(Func<JsonObject> valid, Func<string> plant, Func<string> name)
    {
        for (var part = 1; part < 8; part++)
        {
            var whole = valid().ToJsonString();
            yield return whole[..(whole.Length * part / 8)];
            yield return whole.Insert(whole.Length * part / 8, plant() + "\"");
        }

        string After(string text) => text + valid().ToJsonString()[1..];
        var texts = valid().Where(m => m.Value?.GetValueKind() == JsonValueKind.String).ToLookup(m => DateTimeOffset.TryParse((string)m.Value!, CultureInfo.InvariantCulture, out _), m => m.Key);
        var (text, instant) = (texts[false].First(), texts[true].First());
        yield return After($$"""{{{plant()}}:1,""");
        yield return After($$"""{"{{name()}}":{{plant()}},""");
        yield return After($$"""{"{{name()}}":{"{{name()}}":[{"{{name()}}":tru}]},""");
        yield return After($$"""{"{{text}}":"{{plant()}}","{{text}}":"{{plant()}}",""");
        yield return After($$"""{"{{text}}":"\u0000{{plant()}}",""");
        yield return After($$"""{"{{text}}":"\ud800{{plant()}}",""");
        yield return After($$"""{"{{instant}}":"{{plant()}}",""");
        yield return After(string.Concat(Enumerable.Repeat($$"""{"{{name()}}":""", DeeperThanIsRead)));
        yield return $"\"{plant()}\"";
        yield return $"[\"{plant()}\"]";
        yield return plant();
        yield return After($$"""{"{{name()}}":"{{new string('x', LongerThanAnyBody)}}",""");
    }

    private static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    private static StringContent Typed(JsonObject body, string type, string? encoding = null)
    {
        var content = new StringContent(body.ToJsonString());
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        if (encoding is not null)
            content.Headers.ContentEncoding.Add(encoding);
        return content;
    }

    /// <summary>The way to every single value: member names and positions.</summary>
    private static IEnumerable<object[]> PlacesIn(JsonNode? node, object[] way) => node switch
    {
        JsonObject members => members.SelectMany(m => PlacesIn(m.Value, [.. way, m.Key])),
        JsonArray items => items.Index().SelectMany(i => PlacesIn(i.Item, [.. way, i.Index])),
        null => [],
        _ => [way],
    };

    private static JsonObject With(JsonObject body, object[] way, JsonNode value)
    {
        JsonNode at = body;
        foreach (var step in way[..^1])
            at = step is int index ? at[index]! : at[(string)step]!;
        if (way[^1] is int last)
            at[last] = value;
        else
            at[(string)way[^1]] = value;
        return body;
    }
}
