using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Codes;

/// <summary>A county by the five digits of its FIPS code. Whether there is such a county is another question.</summary>
[JsonConverter(typeof(TextJson<CountyFips>))]
public sealed record CountyFips : IText<CountyFips>
{
    /// <summary>Characters that are read at most: blanks around it are forgiven.</summary>
    public const int Longest = 16;

    private CountyFips(string text) => Text = text;

    /// <inheritdoc/>
    public static string Form => "Give a county's FIPS code, five digits as text, such as \"06037\".";

    /// <summary>Five digits.</summary>
    public string Text { get; }

    /// <summary>Reads a county's code with blanks around it or without the zero that spreadsheets take from its beginning; false when it has another form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out CountyFips? value)
    {
        var digits = text?.Trim() ?? "";
        value = digits.Length is 4 or 5 && !digits.AsSpan().ContainsAnyExceptInRange('0', '9') ? new(digits.PadLeft(5, '0')) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public static CountyFips Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException(Form);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
