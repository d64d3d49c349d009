using System.Text.Json.Serialization;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>What a handoff keeps of its recipient's pack.</summary>
/// <param name="Version">The pack's; 0 is the state's default.</param>
/// <param name="Silence">The ladder that silence climbs until somebody acknowledges.</param>
/// <param name="AcceptWithinMinutes">From the acknowledgment, until waiting for the acceptance starts to climb.</param>
/// <param name="Waiting">The ladder that it climbs, and waiting for the response in person too.</param>
/// <param name="Responses">Within what time the county sees the child, by what it can determine; the soonest first. Of whoever is no county none.</param>
/// <param name="DowngradeNeedsSecondPerson">Whether a later one needs a second person.</param>
/// <param name="DetermineWithinMinutes">From the acceptance of who responds, until waiting for the determination starts to climb; null when that is not watched.</param>
/// <param name="AfterCall">Within what time it sees the child, from the officer's call to it on; null when its pack does not say so.</param>
public sealed record PackSnapshot(int Version, Escalation Silence, int AcceptWithinMinutes, Escalation Waiting, IReadOnlyList<ResponseLimit> Responses, bool DowngradeNeedsSecondPerson,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? DetermineWithinMinutes = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ResponseLimit? AfterCall = null)
{
    /// <summary>Of a pack as it is now.</summary>
    public static PackSnapshot Of(ProtocolPack pack) => new(pack.Version, pack.Escalation, pack.AcceptWithinMinutes, pack.AcceptanceEscalation ?? pack.Escalation,
        [.. pack.Clocks.Where(clock => clock.Level is not null).OrderBy(clock => clock.AtLeast)], pack.DowngradeNeedsSecondPerson, pack.DetermineWithinMinutes, pack.AfterCall);
}
