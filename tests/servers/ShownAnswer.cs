using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SafeHarbor.Local;

namespace SafeHarbor.TestServers;

/// <summary>
/// The answer that a document shows: what a test was answered once, with ids and instants that look the same each time. It stands in <c>&lt;operationId&gt;.answer.json</c> beside the
/// use case. It is held to what is answered now, member by member; values are another each time. With <c>SAFEHARBOR_WRITE_ANSWERS=1</c> the tests write what has changed.
/// </summary>
internal static partial class ShownAnswer
{
    private static readonly DateTimeOffset Shown = new(2026, 11, 21, 7, 10, 0, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly Dictionary<string, string> Opaque = new()
    {
        ["next"] = "b3BhcXVl",
        ["secret"] = "whsec_dGhpcyBpcyBvbmx5IGFuIGV4YW1wbGUgb2YgYSBzZWNyZXQ=",
        ["port"] = "0",
    };

    /// <summary>What of an answer is not as it is shown; null when nothing is.</summary>
    /// <param name="operation">Its id.</param>
    /// <param name="shown">What the document shows; null when it shows none.</param>
    /// <param name="answer">The answer's body.</param>
    public static string? Difference(string operation, JsonNode? shown, JsonNode? answer)
    {
        if (answer is null)
            return null;
        if (shown is not null && AreAlike(shown, answer))
            return null;
        if (Environment.GetEnvironmentVariable("SAFEHARBOR_WRITE_ANSWERS") != "1")
            return $"{operation} does not show what is answered; SAFEHARBOR_WRITE_ANSWERS=1 ./safeharbor test DocumentTests writes it anew, and ./safeharbor api into the document: {answer.ToJsonString()}";
        File.WriteAllText(PathOf(operation), Stable(answer).ToJsonString(Written) + "\n");
        return null;
    }

    // What is null, or a list without entries, may be something at another time.
    private static bool AreAlike(JsonNode? shown, JsonNode? answer) => (shown, answer) switch
    {
        (null, _) or (_, null) => true,
        (JsonObject one, JsonObject other) => one.Select(member => member.Key).Order(StringComparer.Ordinal).SequenceEqual(other.Select(member => member.Key).Order(StringComparer.Ordinal))
            && one.All(member => AreAlike(member.Value, other[member.Key])),
        // What a timeline tells comes in this order or that one, and each thing has members of its own.
        (JsonArray one, JsonArray other) => one.Count == 0 || other.Count == 0 || other.Any(now => one.Any(then => AreAlike(then, now))),
        (JsonValue one, JsonValue other) => one.GetValueKind() == other.GetValueKind()
            || (one.GetValueKind(), other.GetValueKind()) is (JsonValueKind.True or JsonValueKind.False, JsonValueKind.True or JsonValueKind.False),
        _ => false,
    };

    private static JsonNode Stable(JsonNode answer)
    {
        var text = Local().Replace(answer.ToJsonString(Written), "https://safeharbor.example.org");
        var ids = new Dictionary<string, string>();
        text = Id().Replace(text, id => ids.TryGetValue(id.Value, out var known) ? known : ids[id.Value] = $"019ab4c0-7d10-7000-8000-{ids.Count + 1:d12}");
        // What the test sent is long ago; what happened in it is of the last moments, or due after them.
        var started = DateTimeOffset.UtcNow.AddMinutes(-10);
        var happened = Instant().Matches(text).Select(instant => At(instant.Value)).Where(at => at > started).DefaultIfEmpty().Min();
        text = Instant().Replace(text, instant => At(instant.Value) is var at && at > started
            ? $"{Shown.AddMinutes(Math.Round((at - happened).TotalMinutes)):yyyy-MM-ddTHH:mm:ss.fffZ}"
            : instant.Value);
        var stable = JsonNode.Parse(text)!;
        Hide(stable);
        return stable;
    }

    private static void Hide(JsonNode? node)
    {
        if (node is JsonObject members)
        {
            foreach (var (name, value) in members.ToList())
            {
                if (Opaque.TryGetValue(name, out var opaque) && value?.GetValueKind() == JsonValueKind.String)
                    members[name] = opaque;
                else
                    Hide(value);
            }
        }
        else if (node is JsonArray items)
        {
            foreach (var item in items)
                Hide(item);
        }
    }

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);

    // Beside the file that gives the operation its name.
    private static string PathOf(string operation)
    {
        var named = $"WithName(\"{char.ToUpperInvariant(operation[0])}{operation[1..]}\")";
        var file = Directory.EnumerateFiles(Path.Combine(Checkout.Find().Root, "services"), "*.cs", SearchOption.AllDirectories).First(file => File.ReadAllText(file).Contains(named, StringComparison.Ordinal));
        return Path.Combine(Path.GetDirectoryName(file)!, $"{operation}.answer.json");
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Id();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})")]
    private static partial Regex Instant();

    [GeneratedRegex(@"https?://(127\.0\.0\.1|localhost)(:[0-9]+)?")]
    private static partial Regex Local();
}
