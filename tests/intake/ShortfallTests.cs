using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests;

/// <summary>What a report will not lead to by itself, as tables: a report in, shortfalls out.</summary>
public sealed class ShortfallTests
{
    private const string Decides = "a person at the statewide desk decides which county responds";
    private static readonly Organization LosAngeles = Organization.Parse("county:06037"), Orange = Organization.Parse("county:06059");
    private static readonly Guid EncounterId = Guid.NewGuid(), ReportId = Guid.NewGuid(), HandoffId = Guid.NewGuid(), NeedId = Guid.NewGuid();

    private static readonly ShortfallRules Rules = new(TestStates.California, Known(new KnownHotline(LosAngeles, "213-555-0137", new(2026, 11, 1))), Listing(), TimeProvider.System);

    private static Hotlines Known(params KnownHotline[] hotlines)
    {
        var known = new Hotlines(TestStates.California);
        known.Load(hotlines.Select(hotline => (hotline.ToString(), (KnownHotline?)hotline)));
        return known;
    }

    private static Coverage Listing(params ProviderListed[] listed)
    {
        var coverage = new Coverage(TestStates.California);
        coverage.Load(listed.Select(provider => (provider.Provider, (CoveringProvider?)CoveringProvider.Of(provider))));
        return coverage;
    }

    private static EncounterReport Sent(Place? place, string ori = "CA0194200", params string[] needs) => new()
    {
        Source = new(ori, "26-1", null),
        Location = place,
        Children = [new() { Needs = needs }],
        TelephoneReport = new(DateTimeOffset.UnixEpoch, null, null, null),
    };

    private static Place At(double? north = null, double? east = null, string? address = null, string? city = null, string? zip = null, string? county = null) =>
        new(north, east, null, address, city, zip, county);

    // A provider as "type flags county from until"; the day is 2026-11-30 in the state.
    [Theory]
    [InlineData("LEGAL", "LEGAL - 06037 2025-01-01", false)]
    [InlineData("LEGAL", "LEGAL - 06037 2026-11-30 2026-11-30", false)]
    [InlineData("LEGAL", "LEGAL - 06037 2026-12-01", true)]
    [InlineData("LEGAL", "LEGAL - 06037 2025-01-01 2026-11-29", true)]
    [InlineData("LEGAL", "LEGAL - 06059 2025-01-01", true)]
    [InlineData("LEGAL", "MEDICAL - 06037 2025-01-01", true)]
    [InlineData("LEGAL", "LEGAL full 06037 2025-01-01", true)]
    [InlineData("EMERGENCY_SHELTER", "EMERGENCY_SHELTER around-the-clock 06037 2025-01-01", false)]
    [InlineData("EMERGENCY_SHELTER", "EMERGENCY_SHELTER - 06037 2025-01-01", true)]
    [InlineData("LEGAL", "", false)] // of no provider anything is known
    public void A_need_that_nobody_does_for_the_likely_county_today_is_told_before_the_report_is_sent(string need, string provider, bool nobody)
    {
        var night = new FakeTimeProvider(new(2026, 12, 1, 7, 59, 0, TimeSpan.Zero));
        var rules = new ShortfallRules(TestStates.California, Known(), provider == "" ? Listing() : Listing(Provider(provider.Split(' '))), night);

        var shortfalls = rules.Of(Sent(At(34.05, -118.25, "1 Example Street", "Los Angeles", "90012"), needs: need));

        shortfalls.Select(s => s.Code).ShouldBe(nobody ? [ShortfallCodes.NeedWithoutProvider] : []);
        if (nobody)
            (shortfalls[0].Pointer, shortfalls[0].Detail).ShouldBe(("/children/0/needs", $"Nobody can be asked for {need} now: no provider that the directory lists does it for Los Angeles County today and has a place. "
                + "When that county responds it is told, again and again, until somebody has it; when another responds, its providers are asked. When you call its hotline, ask who sees to it until then."));
    }

    private static ProviderListed Provider(string[] provider) => new()
    {
        Provider = "somebody",
        Revision = 1,
        At = default,
        Services = [new(provider[0], provider[1] == "around-the-clock", provider[1] == "full")],
        Contracts = [new(CountyFips.Parse(provider[2]), DateOnly.Parse(provider[3], CultureInfo.InvariantCulture), provider.Length > 4 ? DateOnly.Parse(provider[4], CultureInfo.InvariantCulture) : null)],
    };

    [Fact]
    public void A_report_that_says_everything_falls_short_of_nothing() =>
        Rules.Of(Sent(At(34.05, -118.25, "1 Example Street", "Los Angeles", "90012"), needs: "ADVOCATE")).ShouldBeEmpty();

    [Theory]
    [InlineData("La Habra", "90631", null, "The city is understood as one in Orange County. The ZIP code is understood as one in Los Angeles County or Orange County. Orange County responds.")]
    [InlineData("Los Angeles", "90012", null, "The ZIP code is understood as one in Los Angeles County. Los Angeles County responds.")]
    [InlineData(null, "90631", null, "Los Angeles County is told as the likely one, and " + Decides)]
    [InlineData("San Diego", null, null, "San Diego County is told as the likely one, and " + Decides)]
    [InlineData("San Diego", "95814", null, "A person at the statewide desk decides which county responds; none is told before.")]
    [InlineData("San Diegoo", null, null, "The city is not known here: look how it is written. Los Angeles County is told as the likely one, and " + Decides)]
    [InlineData("San Diego", null, "06037", "Los Angeles County is told as the likely one, and " + Decides)]
    [InlineData("San Diego", null, "06073", "San Diego County responds.")]
    [InlineData(null, null, "06073", "San Diego County responds.")]
    [InlineData(null, null, null, "Neither a county, nor a city, nor a ZIP code was given. Los Angeles County is told as the likely one, and " + Decides)]
    public void Without_coordinates_it_says_what_was_understood_and_who_decides(string? city, string? zip, string? county, string says)
    {
        var shortfall = Rules.Of(Sent(At(city: city, zip: zip, county: county))).ShouldHaveSingleItem();

        (shortfall.Code, shortfall.Pointer).ShouldBe((ShortfallCodes.NoCoordinates, "/location/latitude"));
        shortfall.Detail.ShouldContain(says);
        shortfall.Detail.ShouldContain("Add location.latitude and location.longitude before you send it");
        new[] { city, zip }.OfType<string>().ShouldAllBe(sent => sent == "San Diego" || sent == "Los Angeles" || !shortfall.Detail.Contains(sent), "What was sent is not quoted.");
    }

    [Theory]
    [InlineData("San Diego", "92101", "1 Example Street", "NO_COORDINATES /presentLocation/latitude", "San Diego County responds. Add presentLocation.latitude and presentLocation.longitude")]
    [InlineData("San Diego", "92101", null, "NO_COORDINATES /presentLocation/latitude; NO_MEETING_POINT /presentLocation/address", "Add presentLocation.address before you send it.")]
    [InlineData(null, null, "1 Example Street", "", "")]
    public void Of_a_child_that_is_elsewhere_now_the_place_where_it_is_decides_and_a_provider_meets_it_there(string? city, string? zip, string? address, string codes, string says)
    {
        var moved = Sent(At(34.05, -118.25, "2 Example Street", "Los Angeles", "90012"), needs: "ADVOCATE") with { PresentLocation = At(address: address, city: city, zip: zip) };

        var shortfalls = Rules.Of(moved);

        string.Join("; ", shortfalls.Select(shortfall => $"{shortfall.Code} {shortfall.Pointer}")).ShouldBe(codes);
        string.Join(' ', shortfalls.Select(shortfall => shortfall.Detail)).ShouldContain(says);
    }

    [Fact]
    public void An_agency_that_works_in_many_counties_makes_none_likely()
    {
        var report = Sent(null, "CA0199900") with { TelephoneReport = null };

        Rules.Of(report).Select(s => (s.Code, s.Call)).ShouldBe([(ShortfallCodes.NoCoordinates, null), (ShortfallCodes.TelephoneReportOwed, null)]);
        Rules.Of(report)[0].Detail.ShouldContain("none is told before");
        Rules.Of(report)[1].Detail.ShouldContain("call the hotline of the county where the child is, now");
    }

    [Theory]
    [InlineData(39.53, -119.81, null, "Los Angeles County is told as the likely one, and " + Decides)]
    [InlineData(51.5, -0.12, null, "The coordinates are not in California. Los Angeles County")]
    [InlineData(34.05, 118.25, null, "With the other sign they would be: west of Greenwich the longitude is negative.")]
    [InlineData(-118.25, 34.05, null, "With latitude and longitude exchanged they would be.")]
    [InlineData(51.5, -0.12, "06073", "San Diego County is told as the likely one, and " + Decides)]
    public void Coordinates_that_are_not_in_the_state_are_told_at_once(double north, double east, string? county, string says)
    {
        var isInBounds = TestStates.California.Bounds.Hold(north, east);
        var found = isInBounds
            ? Kept(At(north, east), Undetermined(UndeterminedReasons.OutsideState))
            : Rules.Of(Sent(At(north, east, county: county)));

        var shortfall = found.Single(s => s.Code == ShortfallCodes.NotInState);
        shortfall.Detail.ShouldContain(says);
        shortfall.Pointer.ShouldBe("/location/latitude");
    }

    [Theory]
    [InlineData("1 Example Street", "ADVOCATE", false)]
    [InlineData(null, "ADVOCATE", true)]
    [InlineData(" ", "ADVOCATE", true)]
    [InlineData(null, null, false)]
    public void Without_an_address_a_provider_is_told_of_no_place_to_meet(string? address, string? need, bool falls)
    {
        var found = Rules.Of(Sent(At(34.05, -118.25, address), needs: need is null ? [] : [need]));

        found.Select(s => $"{s.Code} {s.Pointer}").ShouldBe(falls ? ["NO_MEETING_POINT /location/address"] : []);
    }

    [Fact]
    public void A_call_that_is_owed_says_whom_to_call_before_it_is_known_who_responds()
    {
        var shortfall = Rules.Of(Sent(At(34.05, -118.25, "1 Example Street")) with { TelephoneReport = null }).ShouldHaveSingleItem();

        shortfall.Call.ShouldBe(new(LosAngeles, "Los Angeles County", "213-555-0137", new(2026, 11, 1), shortfall.Call!.Stale));
        shortfall.Detail.ShouldContain("PC 11166(a)");
        shortfall.Detail.ShouldContain("Call the hotline of Los Angeles County now: 213-555-0137 (checked 2026-11-01).");
        shortfall.Detail.ShouldContain("That county is only likely to respond");
        shortfall.Detail.ShouldContain("Give the call as telephoneReport");
    }

    [Theory]
    [InlineData("", "NO_COORDINATES NO_MEETING_POINT TELEPHONE_REPORT_OWED", "it was just sent")]
    [InlineData("guess undetermined", "NO_COORDINATES NO_MEETING_POINT TELEPHONE_REPORT_OWED", "the desk was asked")]
    [InlineData("opened", "NO_MEETING_POINT TELEPHONE_REPORT_OWED", "a county responds")]
    [InlineData("guess undetermined accepted", "NO_MEETING_POINT TELEPHONE_REPORT_OWED", "the likely one has claimed it")]
    [InlineData("guess undetermined confirmed", "NO_MEETING_POINT TELEPHONE_REPORT_OWED", "the desk has confirmed it")]
    [InlineData("opened called", "NO_MEETING_POINT", "the call was recorded")]
    [InlineData("opened called unfilled", "NO_MEETING_POINT NEED_WITHOUT_PROVIDER", "nobody is left to ask")]
    [InlineData("opened called unfilled offered", "NO_MEETING_POINT", "somebody is asked again")]
    [InlineData("opened called offered taken engaged", "", "the provider has met the child")]
    public void Each_is_there_until_somebody_has_seen_to_it(string happened, string codes, string because)
    {
        var names = happened.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var found = Kept(At(zip: "90631"), [.. names.Where(name => name != "called").Select(name => Events[name])], names.Contains("called"));

        string.Join(' ', found.Select(s => s.Code)).ShouldBe(codes, because);
    }

    [Fact]
    public void A_county_that_is_uncertain_although_there_are_coordinates_is_told_when_the_desk_is_asked() =>
        Kept(At(34.05, -118.25, "1 Example Street"), called: true, events: [Events["guess"], Undetermined(UndeterminedReasons.Unconfirmed)])
            .ShouldHaveSingleItem().Detail.ShouldContain("Orange County is told as the likely one, and " + Decides);

    [Fact]
    public void Of_what_is_kept_the_step_is_the_telephone_and_names_who_responds()
    {
        var found = Kept(At(zip: "90631"), Events["opened"]).ToDictionary(s => s.Code);

        found[ShortfallCodes.TelephoneReportOwed].Call.ShouldBe(new(Orange, "Orange County", "714-555-0100", new(2026, 10, 1), found[ShortfallCodes.TelephoneReportOwed].Call!.Stale));
        found[ShortfallCodes.TelephoneReportOwed].Detail.ShouldContain($"Then record the call with PUT /v1/encounters/{EncounterId}/telephone-report.");
        found[ShortfallCodes.TelephoneReportOwed].Detail.ShouldNotContain("only likely");
        found.Values.ShouldAllBe(s => !s.Detail.Contains("before you send it"));
    }

    [Fact]
    public void The_number_that_was_checked_last_counts() =>
        new ShortfallRules(TestStates.California, Known(new(Orange, "714-555-0101", new(2026, 9, 1)), new(Orange, "714-555-0102", new(2026, 10, 1)), new(Orange, "714-555-0103", new(2026, 8, 1))), Listing(), TimeProvider.System)
            .Of(Sent(At(county: "06059")) with { TelephoneReport = null }).Single(s => s.Call is not null).Call!.Phone.ShouldBe("714-555-0102");

    private static readonly Dictionary<string, IEncounterEvent> Events = new()
    {
        ["guess"] = Opened(Confidences.Low),
        ["opened"] = Opened(Confidences.Clear),
        ["undetermined"] = Undetermined(UndeterminedReasons.NoLocation),
        ["accepted"] = new HandoffAccepted { EncounterId = EncounterId, At = default, ReportId = ReportId, HandoffId = HandoffId, Organization = Orange, Role = Role.Responder, Child = Child, Urgency = Urgencies.Prompt },
        ["confirmed"] = new HandoffConfirmed { EncounterId = EncounterId, At = default, ReportId = ReportId, HandoffId = HandoffId, Organization = Orange, Child = Child, Urgency = Urgencies.Prompt, Rule = "the desk" },
        ["unfilled"] = new NeedUnfilled { EncounterId = EncounterId, At = default, ReportId = ReportId, NeedId = NeedId, Responder = Orange },
        ["offered"] = new OfferMade { EncounterId = EncounterId, At = DateTimeOffset.UnixEpoch, ReportId = ReportId, NeedId = NeedId, OfferId = ReportId, Provider = "harbor-house", ExpiresAt = DateTimeOffset.MaxValue },
        ["taken"] = new OfferAccepted { EncounterId = EncounterId, At = DateTimeOffset.UnixEpoch, ReportId = ReportId, NeedId = NeedId, OfferId = ReportId, Provider = "harbor-house" },
        ["engaged"] = new NeedEngaged { EncounterId = EncounterId, At = DateTimeOffset.UnixEpoch, ReportId = ReportId, NeedId = NeedId, Provider = "harbor-house" },
    };

    [Theory]
    [InlineData(Role.DistrictAttorney, "/location", "The district attorney of Orange County must know (PC 11166(k))")]
    [InlineData(Role.LawEnforcement, "/source/agencyOri", "The law-enforcement agency with jurisdiction in Orange County must know (SafeHarbor default, PC 11165.9)")]
    [InlineData(Role.Licensing, "/children/0/livesInLicensedHome", "The licensing office of the home where the child lives must know (SafeHarbor default, PC 11166.1(a), PC 11166.3(b))")]
    [InlineData(Role.Tribe, "/children/0/tribeOrganization", "The child's tribe must know (SafeHarbor default, WIC 224.2)")]
    [InlineData(Role.ChildAttorney, "/children/0/dependencyCountyFips", "The child's attorney in dependency court must know (SafeHarbor default, PC 11166.1(b))")]
    [InlineData(Role.MissingChild, "/children/0/missing", "The agency that has the case of the missing child must know (SafeHarbor default, AB 2108)")]
    public void Who_must_know_and_is_not_reached_the_agency_tells_itself(Role role, string at, string says)
    {
        var shortfall = Kept(At(34.05, -118.25, "1 Example Street"), [Opened(Confidences.Clear) with { NotReached = [role] }], called: true).ShouldHaveSingleItem();

        (shortfall.Code, shortfall.Pointer).ShouldBe((ShortfallCodes.RecipientNotReached, at));
        shortfall.Detail.ShouldStartWith($"{says} and is not reached by this system: report to it yourself, by telephone, fax or electronically.");
    }

    [Theory]
    [InlineData("guess", "", "it is not known yet who responds")]
    [InlineData("opened", "", "an earlier version did not say")]
    [InlineData("guess undetermined confirmed", "DISTRICT_ATTORNEY", "the desk has confirmed it")]
    public void It_is_said_once_a_county_responds(string happened, string roles, string because)
    {
        var events = happened.Split(' ').Select(name => Events[name] switch
        {
            HandoffConfirmed confirmed => confirmed with { NotReached = [Role.DistrictAttorney] },
            var other => other,
        });

        Kept(At(34.05, -118.25, "1 Example Street"), [.. events], called: true).Count(s => s.Code == ShortfallCodes.RecipientNotReached).ShouldBe(roles.Length > 0 ? 1 : 0, because);
    }

    [Theory]
    [InlineData("opened", true, "nobody in Nevada is told by this system")]
    [InlineData("near-line opened", true, "whatever came first")]
    [InlineData("near-line", false, "the county is not known yet")]
    [InlineData("opened accepted", false, "a person at the county sees the same")]
    public void That_another_state_is_near_is_said_until_a_county_has_accepted(string happened, bool isSaid, string because)
    {
        var events = happened.Split(' ').Select(name => name == "near-line" ? Undetermined(UndeterminedReasons.NearStateLine)
            : Events[name] is HandoffOpened opened ? opened with { OuterLines = [new(OuterLineKinds.State, "NV", 421)] } : Events[name]);

        var found = Kept(At(38.96, -119.944, "1 Example Street"), [.. events], called: true);

        found.Select(s => s.Code).ShouldBe(isSaid ? [ShortfallCodes.NeighborNotTold] : [], because);
        if (isSaid)
            (found[0].Pointer, found[0].Detail.Contains("Nevada begins 421 m from the place, and nobody there is told", StringComparison.Ordinal)).ShouldBe(("/location", true));
    }

    [Fact]
    public void Of_a_missing_child_it_says_before_and_after_what_the_agency_owes_itself()
    {
        var report = Sent(At(34.05, -118.25, "1 Example Street"));
        var shortfall = Rules.Of(report with { Children = [new(), new() { Missing = true }] }).ShouldHaveSingleItem();

        (shortfall.Code, shortfall.Pointer).ShouldBe((ShortfallCodes.MissingChildOwed, "/children/1/missing"));
        shortfall.Detail.ShouldContain("(PC 14211, AB 161)");
    }

    private static ReportedChild Child => new() { ReportId = ReportId, ReportedAt = default, Child = 1, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown };

    private static JurisdictionUndetermined Undetermined(string reason) =>
        new() { EncounterId = EncounterId, At = default, DeskItemId = Guid.NewGuid(), Reason = reason, Urgency = Urgencies.Prompt, Reports = [Child] };

    private static HandoffOpened Opened(string confidence) => new()
    {
        EncounterId = EncounterId,
        At = default,
        ReportId = ReportId,
        HandoffId = HandoffId,
        Organization = Orange,
        OrganizationName = "Orange",
        Role = Role.Responder,
        Child = Child,
        Urgency = Urgencies.Prompt,
        Basis = Bases.CityOrZip,
        Confidence = confidence,
        Rule = "the ZIP code",
        AcknowledgeBy = default,
        HotlinePhone = "714-555-0100",
        HotlineVerifiedAt = new(2026, 10, 1),
    };

    private static IReadOnlyList<Shortfall> Kept(Place place, params IEncounterEvent[] events) => Kept(place, events, called: false);

    private static IReadOnlyList<Shortfall> Kept(Place place, IEncounterEvent[] events, bool called)
    {
        var encounter = new Encounter
        {
            EncounterId = EncounterId,
            AgencyOri = "CA0194200",
            Latitude = place.Latitude,
            Longitude = place.Longitude,
            StatedCountyFips = Place.CountyOf(place.CountyFips),
            UnderstoodPlace = TestStates.California.Places.Understand(place.City, place.Zip),
            HasAddress = place.Address is not null,
        };
        var clock = new ReportClock { Rule = ReportClocks.Telephone, SatisfiedAt = called ? DateTimeOffset.UnixEpoch : null };
        return Receipt.Of(encounter, [new Report { ReportId = ReportId, Child = 1, Needs = [new(NeedId, NeedTypes.Advocate)] }], events, [clock], [], TestStates.California, Rules).Shortfalls;
    }
}
