using FsCheck;
using FsCheck.Fluent;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.CountyRouting.Jurisdiction;
using static SafeHarbor.CountyRouting.Tests.Jurisdiction.Facts;

namespace SafeHarbor.CountyRouting.Tests.Jurisdiction;

/// <summary>What holds for every encounter, however wrong its facts are.</summary>
public class DeterminationProperties
{
    private static Gen<string?> Fips() => Gen.OneOf(
        Gen.Elements(Map.Counties.Select(county => (string?)county.Fips.Text)), Gen.Elements<string?>(null, "06002", "32031"));

    private static Gen<FoundLocation?> Location() => Gen.Frequency(
        (8, from latitude in Gen.Choose(32_400, 42_100)
            from longitude in Gen.Choose(-124_600, -114_000)
            from accuracy in Gen.Elements<double?>(null, -1, 0, 15, 900, 9_000, 80_000, double.NaN, double.PositiveInfinity)
            select (FoundLocation?)new FoundLocation(latitude / 1e3, longitude / 1e3, accuracy)),
        (1, Gen.Constant<FoundLocation?>(null)),
        (1, Gen.Elements<FoundLocation?>(new(double.NaN, 0, null), new(91, 0, 1), new(0, -1e300, 1), new(0, 0, 0))));

    private static Gen<JurisdictionFacts> AnyEncounter() =>
        from location in Location()
        from named in Fips()
        from ori in Gen.Elements("CA0194200", "CA0349900", "CA0590000", "", "NV0160000", "CA-", "ca0370100")
        from children in Gen.Choose(1, 4)
        from counties in Fips().Two().ListOf(children)
        select Encounter(location, named, ori, [.. counties.Select((pair, i) => Child(pair.Item1, pair.Item2, i + 1))]);

    private static void ForEveryDetermined(Action<JurisdictionFacts, ReportRouting> holds) =>
        Prop.ForAll(AnyEncounter().ToArbitrary(), encounter =>
        {
            if (Determination.Of(encounter, Map) is RoutingDecision.Determined determined)
                foreach (var report in determined.Reports) holds(encounter, report);
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500));

    [Fact]
    public void No_county_is_told_twice_of_a_report() =>
        ForEveryDetermined((_, report) => report.Recipients.Select(recipient => recipient.Organization).ShouldBeUnique());

    [Fact]
    public void Each_report_has_one_responder_and_it_is_first() => ForEveryDetermined((_, report) =>
    {
        report.Recipients[0].Role.ShouldBe(Role.Responder);
        report.Recipients.Count(recipient => recipient.Role == Role.Responder).ShouldBe(1);
    });

    [Fact]
    public void A_distance_is_a_number_that_a_message_can_carry() => ForEveryDetermined((_, report) =>
        report.Recipients.ShouldAllBe(recipient => recipient.DistanceToLineMeters == null || recipient.DistanceToLineMeters >= 0));

    [Fact]
    public void Every_county_that_the_report_names_is_told() => ForEveryDetermined((encounter, report) =>
    {
        var told = report.Recipients.Select(recipient => recipient.Organization.CountyFips).ToList();
        foreach (var fips in new[] { encounter.StatedCountyFips, report.Report.ResidenceCountyFips, report.Report.DependencyCountyFips })
            if (Map.Find(fips) is { } county) told.ShouldContain(county.Fips);
    });

    [Fact]
    public void Every_encounter_is_either_determined_for_all_its_children_or_goes_to_the_desk() =>
        Prop.ForAll(AnyEncounter().ToArbitrary(), encounter =>
        {
            switch (Determination.Of(encounter, Map))
            {
                case RoutingDecision.Determined determined:
                    determined.Reports.Select(report => report.Report).ShouldBe(encounter.Reports);
                    (determined.ToConfirm is not null).ShouldBe(determined.Reports.Any(report => report.Recipients[0].Confidence == Confidences.Low), "a guess is confirmed by a person");
                    break;
                case RoutingDecision.Undetermined desk:
                    Map.Find(encounter.StatedCountyFips).ShouldBeNull("a named county always decides");
                    desk.Reason.ShouldBeOneOf(UndeterminedReasons.NoLocation, UndeterminedReasons.OutsideState);
                    break;
            }
        }).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(500));

    [Fact]
    public void The_same_facts_give_the_same_handoffs() => Prop.ForAll(AnyEncounter().ToArbitrary(), encounter =>
        Ids(encounter).ShouldBe(Ids(encounter))).Check(Config.QuickThrowOnFailure.WithQuietOnSuccess(true).WithMaxTest(100));

    private static List<Guid> Ids(JurisdictionFacts encounter) => Determination.Of(encounter, Map) is RoutingDecision.Determined determined
        ? [.. determined.Reports.SelectMany(report => report.Recipients.Select(recipient => HandoffIds.Handoff(report.Report.ReportId, recipient.Organization)))]
        : [HandoffIds.DeskItem(encounter.Reports[0].ReportId)];
}
