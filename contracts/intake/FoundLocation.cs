using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Intake;

/// <summary>Coordinates of where a child was found, or is, WGS 84: what of a place travels beside the counties that it was understood as.</summary>
/// <param name="Latitude">Degrees north, -90 to 90.</param>
/// <param name="Longitude">Degrees east, -180 to 180.</param>
/// <param name="AccuracyMeters">Radius of uncertainty in meters; null when not known.</param>
public sealed record FoundLocation([property: JsonRequired, Range(-90, 90)] double Latitude, [property: JsonRequired, Range(-180, 180)] double Longitude, double? AccuracyMeters);
