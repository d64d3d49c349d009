using System.Diagnostics.CodeAnalysis;

namespace SafeHarbor.Contracts.Codes;

/// <summary>How a county is named at every door: by the five digits of its FIPS code. Whether there is such a county is another question.</summary>
public static class CountyFips
{
    /// <summary>What is expected, for people.</summary>
    public const string Form = "Give a county's FIPS code, five digits as text, such as \"06037\".";

    /// <summary>Reads a county's code with blanks around it or without the zero that spreadsheets take from its beginning; false when it has another form.</summary>
    /// <param name="text">What was sent.</param>
    /// <param name="fips">Five digits.</param>
    public static bool TryCanonicalize([NotNullWhen(true)] string? text, [NotNullWhen(true)] out string? fips)
    {
        var digits = text?.Trim() ?? "";
        fips = digits.Length is 4 or 5 && digits.All(char.IsAsciiDigit) ? digits.PadLeft(5, '0') : null;
        return fips is not null;
    }
}
