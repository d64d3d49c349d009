using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

public static partial class PackValidation
{
    private static IEnumerable<PackProblem> OfAgencies(ProtocolPack pack, State state)
    {
        for (var i = 0; i < pack.Agencies?.Count; i++)
        {
            var at = $"/agencies/{i}";
            if (pack.Agencies[i] is not { } agency || agency.Role.IsCountyRole())
            {
                yield return new($"{at}/role", "NOT_AN_AGENCYS_ROLE", $"Give one of {string.Join(", ", Enum.GetValues<Role>().Where(role => !role.IsCountyRole()).Select(role => role.Text()))}: counties are told without being listed.");
                continue;
            }
            if (agency.Organization is null || !Fits(agency, pack, state))
                yield return new($"{at}/organization", "NOT_AN_ORGANIZATION", $"Give an organization of the kind {KindOf(agency.Role)}:, of this county or this state where it has one.");
            else if (pack.Agencies.Take(i).Any(earlier => earlier?.Role == agency.Role && (agency.Role != Role.Tribe || earlier.Organization == agency.Organization)))
                yield return new($"{at}/role", "TWICE", "This role is already in the list; give each once, and each tribe once.");
            if (string.IsNullOrWhiteSpace(agency.Name))
                yield return new($"{at}/name", "MISSING", "Say how people call it.");
            if (agency.AcknowledgeWithinMinutes is < 1 or > 3 * Day)
                yield return new($"{at}/acknowledgeWithinMinutes", "OUT_OF_RANGE", $"Give 1 to {3 * Day} minutes, or leave it out for what the law register says.");
            foreach (var problem in OfHotline($"{at}/hotline", agency.Hotline).Concat(agency.Escalation is { } ladder ? OfEscalation($"{at}/escalation", ladder, pack, state) : []))
                yield return problem;
        }
    }

    private static bool Fits(PackAgency agency, ProtocolPack pack, State state) => agency.Organization.Kind == KindOf(agency.Role) && agency.Organization switch
    {
        { CountyFips: { } county } => county == pack.CountyFips,
        { Kind: Organization.Licensing, Id: var code } => code == state.Code,
        _ => true,
    };

    private static string KindOf(Role role) => role switch
    {
        Role.DistrictAttorney => Organization.DistrictAttorney,
        Role.Licensing => Organization.Licensing,
        Role.Tribe => Organization.Tribe,
        Role.ChildAttorney => Organization.Attorney,
        _ => Organization.LawEnforcement,
    };
}
