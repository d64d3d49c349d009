using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Intake;

/// <summary>A report that may be about the same child as another.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="EncounterId">Its encounter.</param>
/// <param name="Because">One of <see cref="Codes.AlikeReasons"/>, the strongest.</param>
public sealed record AlikeReport([property: JsonRequired] Guid ReportId, [property: JsonRequired] Guid EncounterId,
    [property: JsonRequired, CodeOf(typeof(Codes.AlikeReasons))] string Because);
