using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Contracts;

/// <summary>An organization as tokens, grants and ledgers write it: <c>le:CA0194200</c>, <c>county:06037</c>, <c>provider:harbor-house</c>,
/// <c>da:06037</c>, <c>licensing:</c> and <c>state:</c> with a state's two letters, <c>tribe:yurok</c>, <c>attorney:06037</c>. Equal by kind and id.</summary>
public sealed partial record Organization
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

    private Organization(string kind, string id) => (Kind, Id) = (kind, id);

    /// <summary>One of the kinds above.</summary>
    public string Kind { get; }

    /// <summary>The part after the colon: ORI, FIPS code, slug or state.</summary>
    public string Id { get; }

    /// <summary>Kind and id as in the token, for example <c>county:06037</c>.</summary>
    public string Text => $"{Kind}:{Id}";

    /// <summary>Whether it is exactly this organization.</summary>
    public bool Is(string kind, string id) => Kind == kind && Id == id;

    /// <summary>Reads <c>kind:id</c>, a county's code as <see cref="CountyFips"/> does; false when the kind is not known or the id does not have the kind's form.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out Organization? organization)
    {
        organization = text is not null && Form().Match(text) is { Success: true } match
            ? new Organization(match.Groups["kind"].Value, CountyFips.TryCanonicalize(match.Groups["fips"].Value, out var fips) ? fips : match.Groups["id"].Value)
            : null;
        return organization is not null;
    }

    /// <summary>Reads <c>kind:id</c>; throws <see cref="FormatException"/> when it has not that form.</summary>
    public static Organization Parse(string text) =>
        TryParse(text, out var organization)
            ? organization
            : throw new FormatException("An organization is le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS>, licensing:<state>, tribe:<slug>, attorney:<FIPS> or state:<two letters>.");

    /// <inheritdoc/>
    public override string ToString() => Text;

    [GeneratedRegex(
        @"\A(?:(?<kind>le):(?<id>[A-Z]{2}[A-Z0-9]{7})|(?<kind>county|da|attorney):(?<fips> *[0-9]{4,5} *)|(?<kind>provider|tribe):(?<id>(?=.{1,63}\z)[a-z0-9]+(?:-[a-z0-9]+)*)|(?<kind>state|licensing):(?<id>[a-z]{2}))\z",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Form();
}
