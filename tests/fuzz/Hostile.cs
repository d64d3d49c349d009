using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;

namespace SafeHarbor.Fuzz;

/// <summary>Values that programs stumble over.</summary>
internal static class Hostile
{
    /// <summary>Stands for what somebody must not be told: no refusal may repeat it. With a blank, because names of members without one are repeated to their sender.</summary>
    public const string Canary = "fuzzcanary5b1e x";

    /// <summary>Texts: empty, long, of other scripts, with control characters, of other notations, and what FsCheck thinks of.</summary>
    public static Gen<string> Text { get; } = Gen.Frequency(
        (6, Gen.Elements("", " ", "\0", "\u202Eabc", "\uFEFF", "e\u0301", "ﬀ", "İ", "\ud83d\ude00", "null", "true", "NaN", "-0", "1e400", "0x10", "../../etc/passwd", "%00", "{{7*7}}", "'; drop table reports; --",
            "<script>", "\r\nX-Injected: 1", "county:06037", "county:99999", "le:CA0194200", "06037", "2026-02-30", "2026-11-21T07:10:00Z", "9999-12-31T23:59:59.9999999Z", "0001-01-01T00:00:00Z",
            "2026-11-21T07:10:00+24:00", "00000000-0000-0000-0000-000000000000", "es-MX", "und", "x-private", "https://127.0.0.1/", "https://[::1]/", "https://a:b@c/#d")),
        (2, Gen.Elements(1, 39, 64, 200, 255, 256, 2000, 20_001, 100_000).Select(length => new string('a', length))),
        (3, ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "")),
        (2, Gen.Constant(Canary)));

    /// <summary>Values of JSON.</summary>
    public static Gen<JsonNode?> Value { get; } = Gen.Frequency(
        (5, Text.Select(text => (JsonNode?)JsonValue.Create(text))),
        (3, Gen.Constant((JsonNode?)null)),
        (4, Gen.Elements("0", "-0", "-1", "1e400", "1E-400", "9223372036854775808", "0.1", "123456789012345678901234567890", "90.0000001", "-180.5", "1e2").Select(number => JsonNode.Parse(number))),
        (2, Gen.Elements("true", "false").Select(word => JsonNode.Parse(word))),
        (2, Gen.Elements("[]", "{}", "[[]]", "[null]", "{\"\":0}", "[{}]", "{\"a\":{\"a\":{}}}").Select(text => JsonNode.Parse(text))),
        (1, Gen.Elements(5, 40, 65, 200).Select(depth => JsonNode.Parse(new string('[', Math.Min(depth, 60)) + new string(']', Math.Min(depth, 60))))));

    /// <summary>What may stand in a path or a query.</summary>
    public static Gen<string> InAddress { get; } = Gen.Frequency(
        (4, Text.Select(Uri.EscapeDataString).Where(text => text.Length < 3000)),
        (3, Gen.Elements("0", "-1", "1", "100", "101", "9223372036854775807", "1e3", "%2e%2e", "%ff", "%C0%AF", "%", "%zz", "+", "&", "=", "a=b", "AAAA", "eyJhIjoxfQ", "06037", "harbor-house")),
        (2, Gen.Fresh(() => Guid.NewGuid().ToString())));
}
