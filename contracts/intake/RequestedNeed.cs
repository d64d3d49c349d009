using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Intake;

/// <summary>A need of a child.</summary>
/// <param name="NeedId">Given out by intake; the id of the need's saga.</param>
/// <param name="Type">One of <see cref="Codes.NeedTypes"/>.</param>
public sealed record RequestedNeed([property: JsonRequired] Guid NeedId, [property: JsonRequired, CodeOf(typeof(Codes.NeedTypes))] string Type);
