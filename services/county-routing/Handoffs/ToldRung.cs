namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>A rung of a ladder that was told.</summary>
/// <param name="Awaited">What had not come.</param>
/// <param name="Step">Which rung it was, from 1.</param>
/// <param name="Organization">The organization that was told.</param>
/// <param name="Duty">Whom there; null for the organization as such.</param>
/// <param name="Name">Who has that duty, as the roster calls the post; null when nobody is named.</param>
/// <param name="Phone">The number to call; null when none is known.</param>
/// <param name="At">When it was told, the last time.</param>
public sealed record ToldRung([CodeOf(typeof(AwaitedActs))] string Awaited, int Step, Organization Organization, [CodeOf(typeof(Duties))] string? Duty, string? Name, string? Phone, DateTimeOffset At);
