using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>What may stand in a place, at whichever door it comes in: a report's, or that of a question about one. The OpenAPI documents read the same limits.</summary>
public static partial class PlaceChecks
{
    /// <summary>The vaguest that coordinates may be, in meters.</summary>
    public const double AccuracyMeters = 40_000_000;
    /// <summary>Characters of a city's name.</summary>
    public const int City = 200;
    /// <summary>A ZIP code of five digits or nine.</summary>
    public const string Zip = "[0-9]{5}(-?[0-9]{4})?";
    /// <summary>An agency's originating identifier.</summary>
    public const string Ori = "[A-Z]{2}[A-Z0-9]{7}";
    /// <summary>What an agency's identifier looks like, for people.</summary>
    public const string OriForm = "Give the agency's originating identifier (ORI): two capital letters and seven capitals or digits.";

    /// <summary>Adds what is wrong with a place; what is merely unknown is not.</summary>
    /// <param name="errors">Where it is added.</param>
    /// <param name="at">JSON Pointer to the place; empty for the whole body.</param>
    /// <param name="state">Whose counties there are.</param>
    /// <param name="place">The place.</param>
    public static void CheckPlace(this ValidationErrors errors, string at, State state, PlaceStated place)
    {
        var isSwapped = place.Latitude is < -90 or > 90 && place.Longitude is >= -90 and <= 90;
        Within($"{at}/latitude", place.Latitude, -90, 90, $"Degrees north are between -90 and 90 (WGS 84).{(isSwapped ? " Have latitude and longitude changed places?" : "")}");
        Within($"{at}/longitude", place.Longitude, -180, 180, "Degrees east are between -180 and 180 (WGS 84); west of Greenwich they are negative.");
        if (place.Latitude is null != place.Longitude is null)
            errors.Add(place.Latitude is null ? $"{at}/latitude" : $"{at}/longitude", "required", "Latitude and longitude belong together: give both or neither.");
        Within($"{at}/accuracyMeters", place.AccuracyMeters, 0, AccuracyMeters, "The accuracy is a radius in meters and not negative. Leave it out when it is not known.");
        if (place.City?.Length > City)
            errors.Add($"{at}/city", "too-long", $"At most {City} characters are taken here.");
        if (place.Zip is { } zip && !ZipForm().IsMatch(zip))
            errors.Add($"{at}/zip", "wrong-form", "A ZIP code has five digits, or nine as 90012-1234. Leave it out when it is not known.");
        errors.CheckCounty($"{at}/countyFips", state, place.CountyFips);

        void Within(string pointer, double? value, double least, double most, string detail)
        {
            if (value is { } number && !(number >= least && number <= most))
                errors.Add(pointer, "out-of-range", detail);
        }
    }

    /// <summary>Adds an error when a text is given and names no county of the state.</summary>
    public static void CheckCounty(this ValidationErrors errors, string at, State state, string? text)
    {
        if (text is null)
            return;
        if (!CountyFips.TryParse(text, out var fips))
            errors.Add(at, "wrong-form", $"{CountyFips.Form} Leave it out for a place elsewhere or unknown.");
        else if (state.County(fips) is null)
            errors.Add(at, "wrong-form", $"Give the five-digit FIPS code of a county of {state.Name}, such as {state.Counties[0].Fips}. Leave it out for a place elsewhere or unknown.");
    }

    /// <summary>Whether a text is an agency's identifier.</summary>
    public static bool IsOri(string text) => OriText().IsMatch(text);

    [GeneratedRegex($@"\A{Zip}\z")]
    private static partial Regex ZipForm();

    [GeneratedRegex($@"\A{Ori}\z")]
    private static partial Regex OriText();
}

/// <summary>A place as it is stated, of which the county follows.</summary>
/// <param name="Latitude">Degrees north.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="AccuracyMeters">Radius of uncertainty.</param>
/// <param name="City">City.</param>
/// <param name="Zip">ZIP code.</param>
/// <param name="CountyFips">The county's code as the sender writes it.</param>
public readonly record struct PlaceStated(double? Latitude, double? Longitude, double? AccuracyMeters, string? City, string? Zip, string? CountyFips);
