using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Contracts;

/// <summary>An organization as tokens, grants and ledgers write it: <c>le:CA0194200</c>, <c>county:06037</c>, <c>provider:harbor-house</c>,
/// <c>da:06037</c>, <c>licensing:</c> and <c>state:</c> with a state's two letters, <c>tribe:yurok</c>, <c>attorney:06037</c>.</summary>
/// <remarks>Equal by kind and id.</remarks>
[JsonConverter(typeof(TextJson<Organization>))]
public sealed partial record Organization : IText<Organization>
{
    /// <summary>A law-enforcement agency; the id is its ORI (nine capitals and digits).</summary>
    public const string LawEnforcement = "le";

    /// <summary>A county's child welfare agency; the id is the county's five-digit FIPS code.</summary>
    public const string County = "county";

    /// <summary>A community provider; the id is its slug.</summary>
    public const string Provider = "provider";

    /// <summary>A district attorney; the id is the county's five-digit FIPS code.</summary>
    public const string DistrictAttorney = "da";

    /// <summary>The licensing office of a state; the id is the state's postal abbreviation in small letters.</summary>
    public const string Licensing = "licensing";

    /// <summary>A tribe; the id is its slug.</summary>
    public const string Tribe = "tribe";

    /// <summary>The attorneys of children in a county's dependency court; the id is the county's five-digit FIPS code.</summary>
    public const string Attorney = "attorney";

    /// <summary>A state; the id is its postal abbreviation in small letters.</summary>
    public const string State = "state";

    /// <summary>Characters of the longest, with some blanks, which are forgiven.</summary>
    public const int Longest = 80;

    private static readonly SearchValues<char> DigitsAndBlanks = SearchValues.Create(" 0123456789");

    private Organization(string kind, string id, CountyFips? county = null) => (Kind, Id, Text, CountyFips) = (kind, id, $"{kind}:{id}", county);

    /// <inheritdoc/>
    public static string Form => "Give le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS>, licensing:<state>, tribe:<slug>, attorney:<FIPS> or state:<two letters>.";

    /// <summary>One of the kinds above.</summary>
    public string Kind { get; }

    /// <summary>The part after the colon: ORI, FIPS code, slug or state.</summary>
    public string Id { get; }

    /// <summary>Kind and id as in the token, for example <c>county:06037</c>.</summary>
    public string Text { get; }

    /// <summary>The county that it is of; null when the kind is not one of a county's.</summary>
    public CountyFips? CountyFips { get; }

    /// <summary>The child welfare agency of a county.</summary>
    public static Organization Of(CountyFips county) => new(County, county.Text, county);

    /// <summary>A community provider by its slug; throws <see cref="FormatException"/> when that is none.</summary>
    public static Organization OfProvider(string slug) => Parse($"{Provider}:{slug}");

    /// <summary>Whether it is exactly this organization.</summary>
    public bool Is(string kind, string id) => Kind == kind && Id == id;

    /// <summary>Reads <c>kind:id</c>, a county's code as <see cref="Codes.CountyFips"/> does; false when the kind is not known or the id does not have the kind's form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Organization? value)
    {
        value = text?.IndexOf(':', StringComparison.Ordinal) is >= 0 and var colon ? Read(text.AsSpan(0, colon), text[(colon + 1)..]) : null;
        return value is not null;
    }

    /// <inheritdoc/>
    public static Organization Parse(string text) => TryParse(text, out var value) ? value : throw new FormatException(Form);

    /// <inheritdoc/>
    public bool Equals(Organization? other) => other is not null && Text == other.Text;

    /// <inheritdoc/>
    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Text;

    private static Organization? Read(ReadOnlySpan<char> kind, string id) => kind switch
    {
        LawEnforcement when Ori().IsMatch(id) => new(LawEnforcement, id),
        County when IsCounty(id, out var county) => Of(county),
        Provider when Slug().IsMatch(id) => new(Provider, id),
        DistrictAttorney when IsCounty(id, out var county) => new(DistrictAttorney, county.Text, county),
        Licensing when TwoLetters().IsMatch(id) => new(Licensing, id),
        Tribe when Slug().IsMatch(id) => new(Tribe, id),
        Attorney when IsCounty(id, out var county) => new(Attorney, county.Text, county),
        State when TwoLetters().IsMatch(id) => new(State, id),
        _ => null,
    };

    // Blanks are forgiven, as in a code alone; a line's end in a token is not.
    private static bool IsCounty(string id, [NotNullWhen(true)] out CountyFips? county)
    {
        county = null;
        return !id.AsSpan().ContainsAnyExcept(DigitsAndBlanks) && Codes.CountyFips.TryParse(id, out county);
    }

    [GeneratedRegex(@"\A[A-Z]{2}[A-Z0-9]{7}\z")]
    private static partial Regex Ori();

    [GeneratedRegex(@"\A(?=.{1,63}\z)[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.ExplicitCapture)]
    private static partial Regex Slug();

    [GeneratedRegex(@"\A[a-z]{2}\z")]
    private static partial Regex TwoLetters();
}
