using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Intake;

/// <summary>To whom a child goes next.</summary>
/// <param name="To">One of <see cref="Codes.Holders"/>.</param>
/// <param name="At">When, as far as it is known; null when it is not.</param>
public sealed record HandOver([property: JsonRequired, CodeOf(typeof(Codes.Holders), Except = [Codes.Holders.Left])] string To, DateTimeOffset? At);
