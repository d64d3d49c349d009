using System.ComponentModel.DataAnnotations;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>A place to explain; as in an encounter.</summary>
/// <param name="Latitude">Degrees north, WGS 84; with <paramref name="Longitude"/> or not at all.</param>
/// <param name="Longitude">Degrees east, WGS 84; negative west of Greenwich.</param>
/// <param name="AccuracyMeters">Radius of uncertainty, in meters; absent when not known.</param>
/// <param name="City">The city that a report would state.</param>
/// <param name="Zip">The ZIP code that a report would state.</param>
/// <param name="CountyFips">The county that a report would name, five-digit FIPS.</param>
/// <param name="PresentLocation">Where the child would be now, when that is elsewhere.</param>
/// <param name="AgencyOri">The agency that would report: by it a county is guessed when nothing else is known, and told who has jurisdiction where it has none.</param>
/// <param name="Child">What a report would say of the child by which it follows who must know.</param>
public sealed record PlaceToExplain([Range(-90d, 90d)] double? Latitude, [Range(-180d, 180d)] double? Longitude, [Range(0, PlaceChecks.AccuracyMeters)] double? AccuracyMeters,
    [MaxLength(PlaceChecks.City)] string? City, [RegularExpression(PlaceChecks.Zip)] string? Zip, [MaxLength(Contracts.Codes.CountyFips.Longest)] string? CountyFips, PresentPlaceToExplain? PresentLocation,
    [RegularExpression(PlaceChecks.Ori)] string? AgencyOri, ChildToExplain? Child)
{
    internal PlaceStated Stated => new(Latitude, Longitude, AccuracyMeters, City, Zip, CountyFips);
}

/// <summary>Where the child would be now; as in an encounter.</summary>
/// <param name="Latitude">Degrees north, WGS 84; with <paramref name="Longitude"/> or not at all.</param>
/// <param name="Longitude">Degrees east, WGS 84; negative west of Greenwich.</param>
/// <param name="AccuracyMeters">Radius of uncertainty, in meters; absent when not known.</param>
/// <param name="City">The city that a report would state.</param>
/// <param name="Zip">The ZIP code that a report would state.</param>
/// <param name="CountyFips">The county that a report would name, five-digit FIPS.</param>
public sealed record PresentPlaceToExplain([Range(-90d, 90d)] double? Latitude, [Range(-180d, 180d)] double? Longitude, [Range(0, PlaceChecks.AccuracyMeters)] double? AccuracyMeters,
    [MaxLength(PlaceChecks.City)] string? City, [RegularExpression(PlaceChecks.Zip)] string? Zip, [MaxLength(Contracts.Codes.CountyFips.Longest)] string? CountyFips)
{
    internal PlaceStated Stated => new(Latitude, Longitude, AccuracyMeters, City, Zip, CountyFips);
}

/// <summary>What of a child decides who must know, in codes; as in an encounter. Nothing that names it is taken.</summary>
/// <param name="ResidenceCountyFips">The county where it would live, five-digit FIPS.</param>
/// <param name="DependencyCountyFips">The county whose juvenile court would have its dependency case, five-digit FIPS.</param>
/// <param name="Missing">It would have been reported missing.</param>
/// <param name="LivesInLicensedHome">It would live in a home or facility that is licensed to care for children.</param>
/// <param name="ReasonToKnowIndianChild">There would be reason to know that it is an Indian child.</param>
/// <param name="TribeOrganization">Its tribe as it is known here, such as <c>tribe:yurok</c>.</param>
public sealed record ChildToExplain([MaxLength(CountyFips.Longest)] string? ResidenceCountyFips, [MaxLength(CountyFips.Longest)] string? DependencyCountyFips, bool? Missing, bool? LivesInLicensedHome, bool? ReasonToKnowIndianChild,
    [RegularExpression(ChildChecks.Tribe), MaxLength(Organization.Longest)] string? TribeOrganization)
{
    internal ChildStated Stated => new(ResidenceCountyFips, DependencyCountyFips, TribeOrganization);
}
