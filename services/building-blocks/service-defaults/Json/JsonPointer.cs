using System.Globalization;
using System.Text;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>JSON Pointers (RFC 6901).</summary>
public static class JsonPointer
{
    /// <summary>The pointer made of <paramref name="tokens"/> (member names and positions), escaped: <c>Of("children", 0)</c> is <c>/children/0</c>.</summary>
    public static string Of(params IEnumerable<object> tokens)
    {
        var pointer = new StringBuilder();
        foreach (var token in tokens)
            Append(pointer, Convert.ToString(token, CultureInfo.InvariantCulture));
        return pointer.ToString();
    }

    /// <summary>The tokens of a path as <see cref="System.Text.Json.JsonException.Path"/> writes it: <c>$.children[0]['a.b']</c>.</summary>
    internal static List<string> TokensOf(string? path)
    {
        var tokens = new List<string>();
        var rest = path.AsSpan();
        rest = rest.StartsWith("$", StringComparison.Ordinal) ? rest[1..] : rest;
        while (!rest.IsEmpty)
        {
            // A quoted name ends at the first "']" that ends the path or is followed by the next step.
            var (start, end, next) = rest switch
            {
                ['[', '\'', ..] => (2, QuotedEnd(rest), QuotedEnd(rest) + 2),
                ['[', ..] => (1, IndexOrEnd(rest, 1, "]"), IndexOrEnd(rest, 1, "]") + 1),
                _ => (1, IndexOrEnd(rest, 1, ".["), IndexOrEnd(rest, 1, ".[")),
            };
            tokens.Add(rest[Math.Min(start, end)..end].ToString());
            rest = next < rest.Length ? rest[next..] : [];
        }

        return tokens;
    }

    private static void Append(StringBuilder pointer, string? token) =>
        pointer.Append('/').Append(token?.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));

    private static int IndexOrEnd(ReadOnlySpan<char> text, int from, string any)
    {
        var found = text[from..].IndexOfAny(any);
        return found < 0 ? text.Length : from + found;
    }

    private static int QuotedEnd(ReadOnlySpan<char> text)
    {
        for (var i = 2; i + 1 < text.Length; i++)
        {
            if (text[i] == '\'' && text[i + 1] == ']' && (i + 2 == text.Length || text[i + 2] is '.' or '['))
                return i;
        }

        return text.Length;
    }
}
