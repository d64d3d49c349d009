namespace SafeHarbor.Contracts.Intake;

/// <summary>Where the child is now, as a hospital or a station, when that is not where it was found: as much of it as routing goes by.</summary>
/// <param name="Location">Its coordinates; null when not known.</param>
/// <param name="StatedCountyFips">The county that the report names for it.</param>
/// <param name="StatedPlace">What its city and ZIP code say of the county; null when they say nothing.</param>
public sealed record PresentPlace(FoundLocation? Location, Codes.CountyFips? StatedCountyFips, StatedPlace? StatedPlace);
