using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace SafeHarbor.Contracts.Codes;

/// <summary>
/// Languages as BCP 47 writes them, read from any code that they have: ISO 639-1, 639-2 (both kinds), 639-3, and tags with script, region and variants.
/// Sign languages and the many languages without a two-letter code are languages like the others.
/// </summary>
public static partial class LanguageTags
{
    /// <summary>What is expected, for people.</summary>
    public const string Form = "Give a language by its ISO 639 code or BCP 47 tag, such as es, spa, es-MX, zh-Hant, ase or mam. Leave it out when it is not known.";

    /// <summary>Characters of a tag at most; RFC 5646, section 4.4.1, finds 35 enough for most.</summary>
    public const int Longest = 64;

    private const string Resource = "SafeHarbor.Contracts.codes.languages.txt";
    private static readonly Lazy<(Dictionary<string, string> Known, Dictionary<string, string> UnderstoodAs)> Loaded = new(Load);

    /// <summary>Reads a code or tag in whatever case, with blanks around it, with hyphens or underscores; false when it names no language that is known.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="tag">The canonical tag: <c>es</c> for <c>SPA</c>, <c>es-MX</c> for <c>es_mx</c>, <c>yue</c> for <c>zh-yue</c>, <c>ase</c> for <c>sgn-ase</c>.</param>
    public static bool TryCanonicalize([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? tag)
    {
        tag = null;
        if (text is null || Tag().Match(text.Trim().Replace('_', '-').ToLowerInvariant()) is not { Success: true } match
            || !Loaded.Value.Known.TryGetValue(match.Groups["language"].Value, out var language))
            return false;
        var script = match.Groups["script"].Value;
        tag = string.Join('-', new[]
        {
            language, script.Length > 0 ? char.ToUpperInvariant(script[0]) + script[1..] : "", match.Groups["region"].Value.ToUpperInvariant(),
        }.Concat(match.Groups["variant"].Captures.Select(c => c.Value)).Where(part => part.Length > 0));
        return true;
    }

    /// <summary>
    /// Whether who speaks the one understands the other: tags of one language, wherever it is spoken and however it is written, and a language with the one that
    /// goes by its name (<c>cmn</c> and <c>zh</c>). What is no language is understood by nobody.
    /// </summary>
    public static bool AreSpokenAlike(string one, string other) => Spoken(one) is { } spoken && spoken == Spoken(other);

    private static string? Spoken(string text)
    {
        if (!TryCanonicalize(text, out var tag))
            return null;
        var language = tag.Split('-')[0];
        return Loaded.Value.UnderstoodAs.GetValueOrDefault(language, language);
    }

    // A line is a language's own code, its other codes, and after "<" languages that go by its name; SOURCE.md beside it says where it comes from.
    private static (Dictionary<string, string>, Dictionary<string, string>) Load()
    {
        using var reader = new StreamReader(typeof(LanguageTags).Assembly.GetManifestResourceStream(Resource)!);
        var (known, understood) = (new Dictionary<string, string>(9000), new Dictionary<string, string>());
        while (reader.ReadLine() is { } line)
        {
            var sides = line.Split(" < ");
            var codes = sides[0].Split(' ');
            foreach (var code in codes)
                known.Add(code, codes[0]);
            foreach (var code in sides.Skip(1).SelectMany(side => side.Split(' ')))
                understood.Add(code, codes[0]);
        }
        return (known, understood);
    }

    // The few that have extended languages come first: after them a language is meant, not a region (zh-yue).
    [GeneratedRegex(@"\A((ar|kok|lv|ms|sgn|sw|uz|zh)-(?<language>[a-z]{3})|(?<language>[a-z]{2,3}))(-(?<script>[a-z]{4}))?(-(?<region>[a-z]{2}|[0-9]{3}))?(-(?<variant>[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();
}
