using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Intake.Disclosure;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Retractions;
using SafeHarbor.Intake.Supplements;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.Intake.Whereabouts;
using SafeHarbor.Intake.Workers;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests.Disclosure;

/// <summary>What each tier reads of a report, member by member: what is not listed here is not disclosed.</summary>
public sealed class DisclosedReportTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 0, 0, TimeSpan.Zero);
    private static readonly Organization LosAngeles = Organization.Parse("county:06037");
    private static readonly Officer Reporter = new("Officer", "Badge", "555-0100");
    private static readonly ChildDetails Kim = new(new("Kim", "Doe"), "K", new(2012, 5, 1), 14, "A tribe", "Alerts", "Notes");
    private static readonly ChildDetails Nothing = new(null, null, null, null, null, null, null);
    private static readonly SupplementDetails NothingNew = new(null, Nothing, null, [], [], null);

    private readonly List<DataKey> _keys = [];
    private readonly Encounter _encounter = new()
    {
        EncounterId = Guid.NewGuid(),
        AgencyOri = "CA0194200",
        IncidentNumber = "26-1",
        ReceivedAt = Now,
        OccurredAt = Now.AddHours(-2),
        LearnedAt = Now.AddHours(-1),
        Latitude = 34.05,
        Longitude = -118.25,
        AccuracyMeters = 15,
        StatedCountyFips = CountyFips.Parse("06037"),
        PresentPlace = new(33.9, -118, 20, CountyFips.Parse("06059"), new(null, null), HasAddress: true),
        CustodyTaken = true,
        CustodyTakenAt = Now.AddHours(-1),
        CustodyGrounds = [CustodyGrounds.ImmediateDanger],
        ImmediateDanger = true,
        Urgency = Urgencies.Immediate,
    };
    private ReportDetails _details = new(Reporter, "1 Main St", "Los Angeles", "90012", Kim, [new("Guardian", "555-0101", "2 Main St")], [new("Suspect", "Description")], "Narrative",
        new("3 Main St", "Anaheim", "92805"), "acme-rms");
    private readonly List<Supplement> _supplements = [];
    private Telling? _told;
    private TelephoneReport? _call;

    private DataKey Key()
    {
        _keys.Add(DataKey.Make(Guid.NewGuid()));
        return _keys[^1];
    }

    private void Add(SupplementDetails details, bool? guardianUnsafe = null, params string[] tells)
    {
        var (id, key) = (Guid.NewGuid(), Key());
        _supplements.Add(new()
        {
            SupplementId = id,
            Sequence = _supplements.Count + 1,
            MadeAt = Now,
            LearnedAt = Now.AddMinutes(-1),
            ImmediateDanger = true,
            Tells = tells,
            Child = guardianUnsafe is null ? null : new() { GuardianUnsafe = guardianUnsafe },
            Details = SealedJson.Seal(details, id, key),
            KeyId = key.Id,
        });
    }

    private DisclosedReport Read(string tier, bool withReporter = false, params Guid[] destroyed)
    {
        var (key, worker) = (Key(), Key());
        var (reportId, workerId) = (Guid.NewGuid(), Guid.NewGuid());
        var report = new Report
        {
            ReportId = reportId,
            EncounterId = _encounter.EncounterId,
            Child = 1,
            AgeBand = AgeBands.From13To15,
            Gender = Genders.Female,
            Languages = ["es"],
            GuardianUnsafe = true,
            Missing = true,
            Needs = [new(Guid.NewGuid(), NeedTypes.Advocate)],
            MayBeSameAs = [new(Guid.NewGuid(), Guid.NewGuid(), AlikeReasons.All[0])],
            Details = SealedJson.Seal(_details, reportId, key),
            KeyId = key.Id,
        };
        var assigned = new Worker
        {
            WorkerId = workerId,
            Organization = LosAngeles,
            AssignedAt = Now,
            Details = SealedJson.Seal(new WorkerDetails("Worker", "555-0102", "7", "REF-1"), workerId, worker),
            KeyId = worker.Id,
        };
        var keys = new OpenedKeys(_keys.Where(one => !destroyed.Contains(one.Id)), []);
        var grant = new Grant { GrantId = Guid.NewGuid(), Tier = tier, LegalBasis = TestStates.California.Law.IdsFor(RuleUses.ResponderGrant), ExpiresAt = Now.AddDays(90) };
        var disclosed = DisclosedReport.Of(grant, withReporter, _encounter, report, _call, _told, [assigned], OpenedSupplement.Of(_supplements, keys), keys, TestStates.California.Law);
        (disclosed.ReportId, disclosed.EncounterId, disclosed.Tier).ShouldBe((reportId, _encounter.EncounterId, tier));
        (disclosed.Grant.GrantId, disclosed.Grant.ExpiresAt).ShouldBe((grant.GrantId, grant.ExpiresAt));
        disclosed.Grant.LegalBasis.ShouldBe(TestStates.California.Law.For(RuleUses.ResponderGrant));
        return disclosed;
    }

    /// <summary>The members that say something, each as <c>child.name.given</c>; those of every answer are left out.</summary>
    private static string Says(object disclosed)
    {
        return string.Join(' ', Of(JsonSerializer.SerializeToElement(disclosed, JsonSerializerOptions.Web), "").Where(path => path is not ("reportId" or "encounterId" or "tier") && !path.StartsWith("grant.", StringComparison.Ordinal)));

        static IEnumerable<string> Of(JsonElement element, string path) => element.ValueKind switch
        {
            JsonValueKind.Object => element.EnumerateObject().SelectMany(member => Of(member.Value, path.Length == 0 ? member.Name : $"{path}.{member.Name}")),
            JsonValueKind.Array => element.EnumerateArray().SelectMany(item => Of(item, path)),
            JsonValueKind.Null => [],
            _ => [path],
        };
    }

    [Fact]
    public void The_desk_reads_the_agency_its_telephone_and_the_places_and_nothing_of_the_child()
    {
        var read = Read(Tiers.Desk, withReporter: true);

        Says(read).ShouldBe("encounter.agencyOri encounter.incidentNumber encounter.receivedAt encounter.occurredAt encounter.learnedAt "
            + "encounter.location.latitude encounter.location.longitude encounter.location.accuracyMeters encounter.location.address encounter.location.city encounter.location.zip encounter.location.countyFips "
            + "encounter.presentLocation.latitude encounter.presentLocation.longitude encounter.presentLocation.accuracyMeters encounter.presentLocation.address encounter.presentLocation.city encounter.presentLocation.zip encounter.presentLocation.countyFips "
            + "encounter.urgency officer.phone");
        read.Officer.ShouldBe(new(null, null, "555-0100"));
        read.Encounter!.Location.ShouldBe(new(34.05, -118.25, 15, "1 Main St", "Los Angeles", "90012", "06037"));
        read.Encounter.PresentLocation.ShouldBe(new(33.9, -118, 20, "3 Main St", "Anaheim", "92805", "06059"));
    }

    [Fact]
    public void An_officer_without_a_telephone_is_nobody_to_the_desk()
    {
        _details = _details with { Officer = Reporter with { Phone = null } };
        Read(Tiers.Desk).Officer.ShouldBeNull();
        _details = _details with { Officer = null };
        Read(Tiers.Desk).Officer.ShouldBeNull();
    }

    [Fact]
    public void Whoever_has_accepted_reads_whom_to_meet_where_and_what_to_mind()
    {
        var read = Read(Tiers.Accepted, withReporter: true);

        Says(read).ShouldBe("calledName meetingPoint.address meetingPoint.city safety.guardianUnsafe safety.medicalAlerts whereabouts.holder whereabouts.since whereabouts.toldBy whereabouts.toldAt "
            + "workers.organization workers.assignedAt workers.name workers.phone workers.extension");
        (read.CalledName, read.MeetingPoint, read.Safety).ShouldBe(("Kim", new("3 Main St", "Anaheim"), new(true, "Alerts", null)));
        (read.Whereabouts!.Holder, read.Whereabouts.Since).ShouldBe((Holders.Officer, Now.AddHours(-1)));
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void A_county_reads_all_but_the_reporter_which_is_a_right_of_its_own(bool withReporter)
    {
        _call = TelephoneReport.Of(new(Now, "Agency", "Contact", "1234", "county:06037"), _encounter.EncounterId, Now, Key());

        var read = Read(Tiers.County, withReporter);

        read.Officer.ShouldBe(withReporter ? Reporter : null);
        (read.CalledName, read.MeetingPoint, read.Safety).ShouldBe(("Kim", new("3 Main St", "Anaheim"), new(true, "Alerts", "Notes")));
        read.Workers!.ShouldHaveSingleItem().ReferralNumber.ShouldBe("REF-1");
        (read.Encounter!.Custody!.Taken, read.Encounter.Custody.TakenAt, read.Encounter.Custody.Grounds!.ShouldHaveSingleItem()).ShouldBe((true, Now.AddHours(-1), CustodyGrounds.ImmediateDanger));
        (read.Encounter.ImmediateDanger, read.Encounter.Urgency, read.Encounter.System, read.Encounter.AgencyOri).ShouldBe((true, Urgencies.Immediate, "acme-rms", "CA0194200"));
        (read.Encounter.Location.Address, read.Encounter.PresentLocation!.Address).ShouldBe(("1 Main St", "3 Main St"));
        (read.Child!.Name, read.Child.Alias, read.Child.DateOfBirth, read.Child.ApproximateAge, read.Child.Tribe).ShouldBe((Kim.Name, "K", Kim.DateOfBirth, 14, "A tribe"));
        (read.Guardians!.Single().Name, read.Suspects!.Single().Name, read.Narrative, read.MayBeSameAs!.Count).ShouldBe(("Guardian", "Suspect", "Narrative", 1));
        read.TelephoneReport.ShouldBe(new(Now, "Agency", "Contact", "1234", "county:06037"));
    }

    [Fact]
    public void A_call_that_was_not_recorded_or_whose_key_is_gone_is_none()
    {
        Read(Tiers.County).TelephoneReport.ShouldBeNull();
        var key = Key();
        _call = TelephoneReport.Of(new(Now, "Agency", null, null), _encounter.EncounterId, Now, key);
        Read(Tiers.County, destroyed: key.Id).TelephoneReport.ShouldBeNull();
        _call.Organization.ShouldBeNull();
    }

    [Fact]
    public void The_child_is_met_where_it_is_as_it_was_told_last_else_where_it_was_found()
    {
        _details = _details with { PresentPlace = null };
        Read(Tiers.Accepted).MeetingPoint.ShouldBe(new("1 Main St", "Los Angeles"));
        _encounter.PresentPlace = null;
        Read(Tiers.County).Encounter!.PresentLocation.ShouldBeNull();
        Add(NothingNew with { PresentLocation = new(null, null, null, "4 Main St", "Irvine", null, null) }, null, SupplementFacts.MeetingPoint);
        Add(NothingNew with { PresentLocation = new(33, -117, null, null, null, null, null) }, null, SupplementFacts.PresentLocation);
        Read(Tiers.Accepted).MeetingPoint.ShouldBe(new("4 Main St", "Irvine"));
    }

    [Theory]
    [InlineData("Kim", "K", null, null, "Kim"), InlineData(null, "K", null, null, "K"), InlineData("Kim", "K", "Kimberly", null, "Kimberly"), InlineData(null, "K", null, "Kay", "Kay")]
    [InlineData("Kim", null, null, "Kay", "Kim"), InlineData(null, null, null, null, null), InlineData(" ", "K", null, null, "K")]
    public void A_child_is_called_by_its_first_name_else_by_another_as_it_was_told_last(string? given, string? alias, string? laterGiven, string? laterAlias, string? called)
    {
        _details = _details with { Child = Kim with { Name = new(given, "Doe"), Alias = alias } };
        Add(NothingNew with { Child = Nothing with { Name = new(laterGiven, null), Alias = laterAlias } }, null, SupplementFacts.Name);

        Read(Tiers.Accepted).CalledName.ShouldBe(called);
    }

    [Fact]
    public void What_is_said_later_of_its_safety_takes_nothing_back_but_whether_a_guardian_is_unsafe()
    {
        Add(NothingNew with { Child = Nothing with { MedicalAlerts = "More alerts", SafetyNotes = "More notes" } }, guardianUnsafe: false, SupplementFacts.MedicalAlerts);
        Add(NothingNew, null, SupplementFacts.Alias);

        Read(Tiers.County).Safety.ShouldBe(new(false, "Alerts\nMore alerts", "Notes\nMore notes"));
        _details = _details with { Child = Nothing };
        Read(Tiers.County).Safety.ShouldBe(new(false, "More alerts", "More notes"));
        _supplements.Clear();
        Read(Tiers.County).Safety.ShouldBe(new(true, null, null));
    }

    [Fact]
    public void With_whom_it_is_is_what_was_told_last()
    {
        _told = new() { Holder = Holders.Shelter, Since = Now, Organization = LosAngeles, ToldAt = Now };
        Read(Tiers.Accepted).Whereabouts!.Holder.ShouldBe(Holders.Shelter);
        _told.Since = Now.AddHours(-3);
        Read(Tiers.Accepted).Whereabouts!.Holder.ShouldBe(Holders.Officer);
    }

    private static readonly SupplementDetails AllNews = new(Reporter, Kim, new(33, -117, 5, "4 Main St", "Irvine", "92602", "06059"), [new("Guardian", null, null)], [new("Suspect", null)], "More");

    [Theory]
    [InlineData(Tiers.Desk, "presentLocation.latitude presentLocation.longitude presentLocation.accuracyMeters presentLocation.address presentLocation.city presentLocation.zip presentLocation.countyFips officer.phone")]
    [InlineData(Tiers.Accepted, "calledName meetingPoint.address meetingPoint.city safety.guardianUnsafe safety.medicalAlerts")]
    [InlineData(Tiers.County, "calledName meetingPoint.address meetingPoint.city safety.guardianUnsafe safety.medicalAlerts safety.notes presentLocation.latitude presentLocation.longitude presentLocation.accuracyMeters "
        + "presentLocation.address presentLocation.city presentLocation.zip presentLocation.countyFips immediateDanger child.name.given child.name.family child.alias child.dateOfBirth child.approximateAge child.tribe "
        + "child.coded.guardianUnsafe guardians.name suspects.name narrative")]
    public void Each_tier_reads_its_part_of_a_supplement(string tier, string says)
    {
        Add(AllNews, guardianUnsafe: true, SupplementFacts.PresentLocation, SupplementFacts.MeetingPoint, SupplementFacts.MedicalAlerts);

        var read = Read(tier).Supplements.ShouldHaveSingleItem();

        Says(read).ShouldBe("supplementId sequence madeAt learnedAt " + says);
        (read.SupplementId, read.Sequence, read.MadeAt, read.LearnedAt).ShouldBe((_supplements[0].SupplementId, 1, Now, Now.AddMinutes(-1)));
        read.CalledName.ShouldBe(tier == Tiers.Desk ? null : "Kim");
        read.Officer.ShouldBe(tier == Tiers.Desk ? new(null, null, "555-0100") : null);
    }

    [Fact]
    public void Who_added_it_is_a_right_of_its_own_too_and_of_no_provider()
    {
        Add(AllNews, null, SupplementFacts.MedicalAlerts);

        Read(Tiers.County, withReporter: true).Supplements.Single().Officer.ShouldBe(Reporter);
        Read(Tiers.Accepted, withReporter: true).Supplements.Single().Officer.ShouldBeNull();
        Add(AllNews with { Child = Kim with { Name = null }, Officer = Reporter with { Phone = null } }, null, SupplementFacts.PresentLocation, SupplementFacts.Alias);
        Read(Tiers.Desk).Supplements[^1].Officer.ShouldBeNull();
        (Read(Tiers.Accepted).Supplements[^1].CalledName, Read(Tiers.Accepted).Supplements[^1].MeetingPoint).ShouldBe(("K", null));
    }

    [Theory]
    [InlineData(SupplementFacts.Narrative, false, "COUNTY")]
    [InlineData(SupplementFacts.Narrative, true, "COUNTY DESK")]
    [InlineData(SupplementFacts.PresentLocation, false, "COUNTY DESK")]
    [InlineData(SupplementFacts.MeetingPoint, false, "COUNTY T1")]
    [InlineData(SupplementFacts.GuardianUnsafe, false, "COUNTY T1")]
    public void Who_reads_nothing_of_a_supplement_does_not_learn_of_it(string tells, bool withPhone, string readers)
    {
        Add(NothingNew with { Officer = withPhone ? Reporter : null }, null, tells);

        string.Join(' ', new[] { Tiers.County, Tiers.Desk, Tiers.Accepted }.Where(tier => Read(tier).Supplements.Count > 0)).ShouldBe(readers);
    }

    [Fact]
    public void A_supplement_whose_key_is_gone_is_not_there()
    {
        Add(AllNews, null, SupplementFacts.MedicalAlerts);

        Read(Tiers.County, destroyed: _supplements[0].KeyId).Supplements.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Tiers.County, true), InlineData(Tiers.Accepted, false), InlineData(Tiers.Desk, false)]
    public void Which_report_stays_of_two_is_for_counties(string tier, bool isTold)
    {
        var retraction = new Retraction { Reason = RetractionReasons.All[0], RetractedAt = Now, OtherReportId = Guid.NewGuid() };

        DisclosedRetraction.Of(retraction, tier).ShouldBe(new(retraction.Reason, Now, isTold ? retraction.OtherReportId : null));
        DisclosedRetraction.Of(null, tier).ShouldBeNull();
    }
}
