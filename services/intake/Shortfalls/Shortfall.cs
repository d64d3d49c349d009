namespace SafeHarbor.Intake.Shortfalls;

#pragma warning disable CA1720 // "Pointer" is JSON's word (RFC 6901), as in errors.

/// <summary>Something that the encounter, as it was reported, will not lead to by itself. It is there until somebody has seen to it.</summary>
/// <param name="Code">What.</param>
/// <param name="Pointer">JSON Pointer (RFC 6901) to the member of the report that it lies in, or that is missing.</param>
/// <param name="Detail">For people: what will not happen, and what to do now. Never quotes what was sent.</param>
/// <param name="Call">Whom to call; null where nobody in particular.</param>
public sealed record Shortfall([CodeOf(typeof(ShortfallCodes))] string Code, string Pointer, string Detail, ShortfallCall? Call = null);

/// <summary>Whom to call for the telephone report.</summary>
/// <param name="Organization">Such as <c>county:06037</c>.</param>
/// <param name="Name">Its name, for people.</param>
/// <param name="Phone">Its number, day and night; null when none that was checked is known here.</param>
/// <param name="VerifiedAt">When somebody last checked the number; null when nobody has.</param>
/// <param name="Stale">That is so long ago that it may not be the right one any more; null when no number is known.</param>
public sealed record ShortfallCall(Organization Organization, string Name, string? Phone, DateOnly? VerifiedAt, bool? Stale);
