using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>
/// What of a decision another version of one county's pack makes otherwise. Both sides are made from the decision's facts by today's rules and map, and with the other counties' packs as they are:
/// nothing but the one pack makes the difference. Pure.
/// </summary>
/// <param name="county">Whose pack it is. It makes nothing otherwise but what told this county: its bands are asked where the place is in it or names it, its agencies where it has a part.</param>
/// <param name="before">One version.</param>
/// <param name="after">The other.</param>
/// <param name="map">The county map.</param>
/// <param name="packOf">The other counties' packs.</param>
internal sealed class PackComparison(County county, ProtocolPack before, ProtocolPack after, CountyMap map, Func<County, ProtocolPack> packOf)
{
    /// <summary>Whether there can be a decision that differs. What else is in a pack says when and how somebody is told, not who.</summary>
    public bool CanDiffer => BandsOf(before) != BandsOf(after) || !AgenciesOf(before).SetEquals(AgenciesOf(after));

    /// <summary>What would be otherwise; nothing when the same are told in the same way.</summary>
    /// <param name="facts">From what the decision follows.</param>
    /// <param name="reports">Whom it told.</param>
    /// <param name="reader">Who is shown it: of the reports that told the county; of what follows from a child's facts only where it reads these from the opening on, lest trying packs tell more than reading.</param>
    public IReadOnlyList<RecipientChange> Of(JurisdictionFacts facts, IReadOnlyList<DecidedReport> reports, Organization reader)
    {
        var (then, now) = (Told(facts, before), Told(facts, after));
        return [.. reports.Where(report => report.Recipients.Any(recipient => recipient.Organization == county.Organization))
            .SelectMany(report => Between(report.ReportId, Of(then, report), Of(now, report)))];

        Dictionary<Organization, RecipientPart> Of(Dictionary<Guid, List<Recipient>> told, DecidedReport report) =>
            told.GetValueOrDefault(report.ReportId, []).Where(recipient => !FollowsFromChild(recipient.Role) || Reads(report, reader))
                .ToDictionary(recipient => recipient.Organization, recipient => new RecipientPart(recipient.Role, recipient.Confidence));
    }

    private static IEnumerable<RecipientChange> Between(Guid report, Dictionary<Organization, RecipientPart> then, Dictionary<Organization, RecipientPart> now) =>
        then.Keys.Union(now.Keys).Select(organization => (Organization: organization, From: then.GetValueOrDefault(organization), To: now.GetValueOrDefault(organization)))
            .Where(one => one.From != one.To)
            .Select(one => new RecipientChange(report, one.From is null ? ChangeKinds.Add : one.To is null ? ChangeKinds.Remove : ChangeKinds.Replace, one.Organization, one.From, one.To));

    /// <summary>Everybody who is told of each report.</summary>
    private Dictionary<Guid, List<Recipient>> Told(JurisdictionFacts facts, ProtocolPack pack)
    {
        var routing = Determination.Of(facts, map, asked => BandsOf(PackOf(asked))) as RoutingDecision.Determined;
        return (routing?.Reports ?? []).ToDictionary(report => report.Report.ReportId, report => (List<Recipient>)[.. report.Recipients, .. report.IsGuess ? [] : Further(report)]);

        IEnumerable<Recipient> Further(ReportRouting report) => FurtherRecipients.Of(report.Report, map.OfOrganization(report.Recipients[0].Organization)!, map, PackOf).Reached;

        ProtocolPack PackOf(County asked) => asked == county ? pack : packOf(asked);
    }

    private static bool FollowsFromChild(Role role) => role is Role.Licensing or Role.Tribe or Role.MissingChild;

    private static bool Reads(DecidedReport report, Organization reader) =>
        report.Recipients.Any(recipient => recipient.Organization == reader && recipient.Role.MustAct() && recipient.Confidence != Confidences.Low);

    private static Bands BandsOf(ProtocolPack pack) => pack.Bands ?? Bands.Default;

    private static HashSet<(Role, Organization)> AgenciesOf(ProtocolPack pack) => [.. pack.Agencies.Select(agency => (agency.Role, agency.Organization))];
}
