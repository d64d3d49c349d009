using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Intake;

/// <summary>What a report's city and ZIP code say of the county; they themselves are sealed and do not travel.</summary>
/// <param name="Counties">The counties that it can be, in order; at least one.</param>
/// <param name="CityAndZipAgree">Both were stated, and these are the counties that both can be in. Else they are those of either.</param>
public sealed record StatedPlace([property: JsonRequired, MinLength(1)] IReadOnlyList<Codes.CountyFips> Counties, [property: JsonRequired] bool CityAndZipAgree);
