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

    private static void Append(StringBuilder pointer, string? token) =>
        pointer.Append('/').Append(token?.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}
