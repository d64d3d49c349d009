using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// Which organizations besides counties must know of a report, once it is known which county responds. A pure function: why each must, says the law register; whom a
/// report goes to, the packs. Who is in none of them is not reached, and that is said: the duty to tell it is the reporting agency's.
/// </summary>
/// <param name="Reached">Who takes part, no organization twice.</param>
/// <param name="NotReached">Who must know and does not take part.</param>
public sealed record FurtherRecipients(IReadOnlyList<Recipient> Reached, IReadOnlyList<Role> NotReached)
{
    /// <summary>Who else must know of a report.</summary>
    /// <param name="report">The child's coded facts.</param>
    /// <param name="responder">The county that responds.</param>
    /// <param name="map">The county map.</param>
    /// <param name="packOf">A county's pack.</param>
    public static FurtherRecipients Of(ReportedChild report, County responder, CountyMap map, Func<County, ProtocolPack> packOf)
    {
        var (reached, notReached) = (new List<Recipient>(), new List<Role>());
        // A county is drilled, and nobody else.
        if (report.DrillEndsAt is not null)
            return new(reached, notReached);
        foreach (var (role, counties) in Due(report, responder, map))
        {
            var listed = counties.OfType<County>().Distinct().SelectMany(county => packOf(county).Agencies, (county, agency) => (county, agency))
                .FirstOrDefault(one => one.agency.Role == role && (role != Role.Tribe || one.agency.Organization == report.TribeOrganization));
            if (listed.agency is not { } agency)
                notReached.Add(role);
            // Whoever reported knows already.
            else if (!agency.Organization.Is(Organization.LawEnforcement, report.AgencyOri ?? ""))
                reached.Add(new(agency.Organization, agency.Name, role, Bases.Pack, Confidences.Clear, null, RuleTexts.Further(role, listed.county)) { ListedBy = listed.county.Organization });
        }
        return new([.. reached.DistinctBy(recipient => recipient.Organization)], notReached);
    }

    /// <summary>Each role that the report gives to somebody, and in whose packs that one is looked for, first the likeliest.</summary>
    private static IEnumerable<(Role Role, County?[] Counties)> Due(ReportedChild report, County responder, CountyMap map)
    {
        var (residence, dependency) = (map.Find(report.ResidenceCountyFips), map.Find(report.DependencyCountyFips));
        yield return (Role.DistrictAttorney, [responder]);
        if (report.AgencyOri is { } agency && map.State.CountyOfAgency(agency) != responder)
            yield return (Role.LawEnforcement, [responder]);
        if (report.LivesInLicensedHome)
            yield return (Role.Licensing, [residence, dependency, responder]);
        if (report.ReasonToKnowIndianChild || report.TribeOrganization is not null)
            yield return (Role.Tribe, [responder, dependency, residence]);
        if (dependency is not null)
            yield return (Role.ChildAttorney, [dependency]);
        if (report.Missing)
            yield return (Role.MissingChild, [dependency ?? residence ?? responder]);
    }
}
