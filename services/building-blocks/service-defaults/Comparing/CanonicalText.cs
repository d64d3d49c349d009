using System.Globalization;
using System.Text;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Comparing;

/// <summary>
/// The one form in which texts that people wrote are compared: names, places, what was sent before. How a text is encoded (NFC), spaced, capitalized and
/// apostrophized makes no difference, nor does what is not seen. For comparing alone: what is stored is what was written.
/// </summary>
public static class CanonicalText
{
    // Typed, curly, modifier letter, ʻokina, prime, accents used as one, and the full-width one.
    private const string Apostrophes = "\u0027\u0060\u00B4\u02B9\u02BB\u02BC\u2018\u2019\u201B\u2032\uFF07";

    // Without ICU the runtime returns what it was given and says nothing.
    private static readonly bool Composes = "e\u0301".Normalize() == "\u00E9";

    /// <summary>The canonical form; null when nothing is to be seen. The form of a form is itself.</summary>
    /// <exception cref="InvalidOperationException">The process runs without ICU: see <see cref="CanonicalTextCheck"/>.</exception>
    public static string? Of(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        if (!Composes)
            throw new InvalidOperationException(CanonicalTextCheck.WithoutIcu);
        var plain = new StringBuilder(text.Length);
        foreach (var c in text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 ? text.ToUpperInvariant() : Composed(text))
            plain.Append(Apostrophes.Contains(c, StringComparison.Ordinal) ? '\'' : c);
        var words = plain.ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return words.Length == 0 ? null : string.Join(' ', words);
    }

    // Capitalized while decomposed: some letters have a capital only with their accent apart.
    private static string Composed(string text)
    {
        var seen = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes().Where(IsSeen))
            seen.Append(rune);
        return seen.ToString().Normalize(NormalizationForm.FormD).ToUpperInvariant().Normalize();
    }

    // Zero-width characters and direction marks are Format; U+FFFE is no character, and joiners and variation selectors only shape others.
    private static bool IsSeen(Rune rune) => Rune.GetUnicodeCategory(rune) != UnicodeCategory.Format && (!Rune.IsControl(rune) || Rune.IsWhiteSpace(rune))
        && rune.Value is not (0xFFFE or 0x034F or (>= 0x180B and <= 0x180F) or (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF));
}

/// <summary>A service that compares texts does not start without ICU: the same name, typed on two machines, would be two.</summary>
public sealed class CanonicalTextCheck : IStartCheck
{
    internal const string WithoutIcu = "Texts cannot be compared without ICU. Install libicu (Debian: libicu72 or later), set InvariantGlobalization to false in the service's "
        + "project, and remove DOTNET_SYSTEM_GLOBALIZATION_INVARIANT from the environment.";

    /// <inheritdoc/>
    public void Check() => Check("e\u0301".Normalize());

    internal static void Check(string composed)
    {
        if (composed != "\u00E9")
            throw new StartRefusedException(WithoutIcu);
    }
}
