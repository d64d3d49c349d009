namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Another state, or a country, that begins near the place by which the county was determined. Nobody there is told by this system: a person calls.</summary>
/// <param name="Kind">One of <see cref="Codes.OuterLineKinds"/>.</param>
/// <param name="Neighbor">What begins there: a state's postal abbreviation (<c>NV</c>), or a country's code of two letters (<c>MX</c>, ISO 3166).</param>
/// <param name="DistanceMeters">Meters from the place to the line.</param>
public sealed record OuterLine([CodeOf(typeof(Codes.OuterLineKinds))] string Kind, string Neighbor, int DistanceMeters);
