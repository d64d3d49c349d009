using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Supplements;
using SafeHarbor.ServiceDefaults.Problems;
using SafeHarbor.TestServers;

namespace SafeHarbor.Intake.Tests.Encounters;

/// <summary>What is wrong in a report, as a table, without a server: each limit from both of its sides, and each error with what to do.</summary>
public sealed class EncounterValidationTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 8, 30, 0, TimeSpan.Zero);
    // The state's.
    private static readonly DateOnly Today = new(2026, 11, 21);

    private static readonly Child Kim = new()
    {
        Name = new("Given", "Family"),
        Alias = "Alias",
        DateOfBirth = Today.AddYears(-18).AddDays(1),
        ApproximateAge = 17,
        Gender = Genders.Nonbinary,
        Languages = ["es", "ase"],
        ResidenceCountyFips = "06059",
        DependencyCountyFips = "06037",
        Tribe = "A tribe",
        TribeOrganization = "tribe:yurok",
        Needs = [NeedTypes.Advocate],
        Safety = new(true, "Alerts", "Notes"),
    };

    private static readonly Child NotInCare = Kim with { DependencyCountyFips = null };
    private static readonly Place There = new(34.05, -118.25, 15, "1 Main St", "Los Angeles", "90012", "06037");

    private static readonly EncounterReport Full = new()
    {
        Source = new("CA0194200", "26-118204", "acme-rms"),
        Officer = new("Name", "Badge", "555-0100"),
        OccurredAt = Now.AddMinutes(-20),
        LearnedAt = Now,
        Location = There,
        PresentLocation = There,
        Custody = new(true, Now, [CustodyGrounds.ImmediateDanger]),
        TelephoneReport = new(Now, "Agency", "Contact", "1234", "county:06037"),
        Children = [Kim],
        Guardians = [new("Name", "555-0101", "2 Main St")],
        Suspects = [new("Name", "Description")],
        Narrative = "Narrative",
    };

    private static readonly NewSupplement News = new() { Narrative = "More" };

    private static EncounterReport Of(Child child) => Full with { Children = [child] };
    private static EncounterReport At(Place place) => Full with { Location = place };
    private static EncounterReport From(Source? source) => Full with { Source = source };
    private static EncounterReport Called(TelephoneCall call) => Full with { TelephoneReport = call };

    private static string Wrong(ValidationErrors errors)
    {
        errors.All.ShouldAllBe(error => error.Detail.EndsWith('.'), "each says what to do");
        return string.Join(", ", errors.All.Select(error => $"{error.Pointer} {error.Code}"));
    }

    private static string Wrong(EncounterReport report) => Wrong(new EncounterValidation(Now, TestStates.California).Check(report));

    private static string Wrong(NewSupplement supplement) => Wrong(new EncounterValidation(Now, TestStates.California).Check(supplement));

    public static TheoryData<string, EncounterReport> Reports => new()
    {
        { "", Full },
        { "/source/agencyOri required, /source/incidentNumber required", From(null) },
        { "/source/agencyOri required", From(Full.Source! with { AgencyOri = null }) },
        { "/source/agencyOri wrong-form", From(Full.Source! with { AgencyOri = "CA019420" }) },
        { "/source/incidentNumber required", From(Full.Source! with { IncidentNumber = null }) },
        { "/source/incidentNumber wrong-form", From(Full.Source! with { IncidentNumber = "26 1" }) },
        { "", From(Full.Source! with { System = null }) },
        { "/source/system wrong-form", From(Full.Source! with { System = "<" }) },
        { "/occurredAt required", Full with { OccurredAt = null, LearnedAt = null } },
        { "", Full with { OccurredAt = null } },
        { "", Full with { LearnedAt = null } },
        { "", Full with { OccurredAt = Now.AddYears(1) } },
        { "", Full with { LearnedAt = Now.AddYears(1) } },
        { "/occurredAt in-the-future", Full with { OccurredAt = Now.AddMinutes(6), LearnedAt = null } },
        { "/learnedAt out-of-range, /occurredAt in-the-future", Full with { OccurredAt = Now.AddMinutes(6), LearnedAt = Now.AddYears(-21) } },
        { "", Full with { Location = null, PresentLocation = null } },
        { "/location/latitude out-of-range", At(There with { Latitude = 91 }) },
        { "/presentLocation/latitude out-of-range", Full with { PresentLocation = There with { Latitude = 91 } } },
        { "/custody/grounds/0 unknown-code", Full with { Custody = new(true, Now, ["BOREDOM"]) } },
        { "/custody/grounds/1 required", Full with { Custody = new(true, Now, [CustodyGrounds.ImmediateDanger, null]) } },
        { "", Full with { Custody = null, TelephoneReport = null, Officer = null, Guardians = null, Suspects = null, Narrative = null } },
        { "/telephoneReport/calledAt required", Called(new(null, null, null, null)) },
        { "/telephoneReport/calledAt in-the-future", Called(new(Now.AddMinutes(6), null, null, null)) },
        { "", Called(new(Now, null, null, null, "le:CA0194200")) },
        { "/telephoneReport/organization not-an-organization", Called(new(Now, null, null, null, "tribe:yurok")) },
        { "/telephoneReport/organization not-an-organization", Called(new(Now, null, null, null, "the hotline")) },
        { "/children required", Full with { Children = null } },
        { "/children required", Full with { Children = [] } },
        { "/children/1 required", Full with { Children = [new(), null] } },
        { "", Of(new()) },
        { "/children/0/approximateAge not-a-child", Of(NotInCare with { ApproximateAge = 18 }) },
        { "", Of(Kim with { ApproximateAge = 20 }) },
        { "/children/0/approximateAge not-a-child", Of(Kim with { ApproximateAge = 21 }) },
        { "", Of(NotInCare with { ApproximateAge = 20, Particulars = new() { InFosterCare = true } }) },
        { "/children/0/approximateAge not-a-child", Of(NotInCare with { ApproximateAge = 20, Particulars = new() { InFosterCare = false } }) },
        { "", Of(Kim with { ApproximateAge = 0 }) },
        { "/children/0/approximateAge out-of-range", Of(Kim with { ApproximateAge = -1 }) },
        { "/children/0/dateOfBirth not-a-child", Of(NotInCare with { DateOfBirth = Today.AddYears(-18) }) },
        { "", Of(Kim with { DateOfBirth = Today.AddYears(-21).AddDays(1) }) },
        { "/children/0/dateOfBirth not-a-child", Of(Kim with { DateOfBirth = Today.AddYears(-21) }) },
        { "", Of(Kim with { DateOfBirth = Today }) },
        { "/children/0/dateOfBirth in-the-future", Of(Kim with { DateOfBirth = Today.AddDays(1) }) },
        // On the day on which it was found, which was before.
        { "", Full with { OccurredAt = Now.AddDays(-1), Children = [NotInCare with { DateOfBirth = Today.AddYears(-18) }] } },
        { "/children/0/dateOfBirth not-a-child, /occurredAt required", Full with { OccurredAt = null, LearnedAt = null, Children = [NotInCare with { DateOfBirth = Today.AddYears(-18) }] } },
        { "/children/0/gender unknown-code", Of(Kim with { Gender = "robot" }) },
        { "/children/0/languages/1 unknown-language", Of(Kim with { Languages = ["es", "Spanish"] }) },
        { "/children/0/residenceCountyFips wrong-form", Of(Kim with { ResidenceCountyFips = "32003" }) },
        { "/children/0/tribeOrganization wrong-form", Of(Kim with { TribeOrganization = "yurok" }) },
        { "/children/0/needs/0 unknown-code", Of(Kim with { Needs = ["PONY"] }) },
        { "/guardians/0 required", Full with { Guardians = [null] } },
        { "/suspects/0 required", Full with { Suspects = [null] } },
    };

    [Theory]
    [MemberData(nameof(Reports), DisableDiscoveryEnumeration = true)]
    public void What_is_wrong_is_named_with_its_place_and_nothing_else_is(string wrong, EncounterReport report) =>
        string.Join(", ", Wrong(report).Split(", ").Order(StringComparer.Ordinal)).ShouldBe(wrong);

    public static TheoryData<string, int, Func<string, EncounterReport>> Texts => new()
    {
        { "/officer/name", 200, text => Full with { Officer = new(text, null, null) } },
        { "/officer/badge", 200, text => Full with { Officer = new(null, text, null) } },
        { "/officer/phone", 200, text => Full with { Officer = new(null, null, text) } },
        { "/location/address", 500, text => At(There with { Address = text }) },
        { "/location/city", 200, text => At(There with { City = text }) },
        { "/telephoneReport/agency", 200, text => Called(new(Now, text, null, null)) },
        { "/telephoneReport/contact", 200, text => Called(new(Now, null, text, null)) },
        { "/telephoneReport/referralNumber", 200, text => Called(new(Now, null, null, text)) },
        { "/children/0/name/given", 200, text => Of(Kim with { Name = new(text, null) }) },
        { "/children/0/name/family", 200, text => Of(Kim with { Name = new(null, text) }) },
        { "/children/0/alias", 200, text => Of(Kim with { Alias = text }) },
        { "/children/0/tribe", 200, text => Of(Kim with { Tribe = text }) },
        { "/children/0/safety/medicalAlerts", 2000, text => Of(Kim with { Safety = new(null, text, null) }) },
        { "/children/0/safety/notes", 2000, text => Of(Kim with { Safety = new(null, null, text) }) },
        { "/guardians/0/name", 200, text => Full with { Guardians = [new(text, null, null)] } },
        { "/guardians/0/phone", 200, text => Full with { Guardians = [new(null, text, null)] } },
        { "/guardians/0/address", 500, text => Full with { Guardians = [new(null, null, text)] } },
        { "/suspects/0/name", 200, text => Full with { Suspects = [new(text, null)] } },
        { "/suspects/0/description", 2000, text => Full with { Suspects = [new(null, text)] } },
        { "/narrative", 20_000, text => Full with { Narrative = text } },
    };

    [Theory]
    [MemberData(nameof(Texts), DisableDiscoveryEnumeration = true)]
    public void A_text_is_taken_up_to_its_length_and_no_further(string at, int longest, Func<string, EncounterReport> of)
    {
        Wrong(of(new('x', longest))).ShouldBe("");
        Wrong(of(new('x', longest + 1))).ShouldBe($"{at} too-long");
    }

    public static TheoryData<string, int, Func<int, EncounterReport>> Lists => new()
    {
        { "/children", 20, count => Full with { Children = [.. Enumerable.Repeat(new Child(), count)] } },
        { "/guardians", 20, count => Full with { Guardians = [.. Enumerable.Repeat(new Guardian(null, null, null), count)] } },
        { "/suspects", 50, count => Full with { Suspects = [.. Enumerable.Repeat(new Suspect(null, null), count)] } },
        { "/children/0/languages", 20, count => Of(Kim with { Languages = [.. Enumerable.Repeat("es", count)] }) },
        { "/children/0/needs", 50, count => Of(Kim with { Needs = [.. Enumerable.Repeat(NeedTypes.Advocate, count)] }) },
        { "/custody/grounds", 50, count => Full with { Custody = new(true, null, [.. Enumerable.Repeat(CustodyGrounds.ImmediateDanger, count)]) } },
    };

    [Theory]
    [MemberData(nameof(Lists), DisableDiscoveryEnumeration = true)]
    public void A_list_is_taken_up_to_its_length_and_no_further(string at, int most, Func<int, EncounterReport> of)
    {
        Wrong(of(most)).ShouldBe("");
        Wrong(of(most + 1)).ShouldBe($"{at} too-many");
    }

    [Fact]
    public void Of_a_list_that_is_too_long_no_more_is_looked_at_than_may_be_in_it() =>
        Wrong(Full with { Guardians = [.. Enumerable.Repeat<Guardian?>(null, 1000)] }).Split(", ").Length.ShouldBe(1 + 20);

    public static TheoryData<string, NewSupplement> Supplements => new()
    {
        { "", News },
        { " required", new() },
        { " required", new() { PresentLocation = new(null, null, null, null, null, null, null) } },
        { "", new() { Child = new() { DateOfBirth = Today.AddYears(-17) } } },
        // The report knows the day of the encounter, by which its age counts.
        { "", new() { Child = new() { DateOfBirth = Today.AddYears(-30) } } },
        { "/child/dateOfBirth in-the-future", new() { Child = new() { DateOfBirth = Today.AddDays(1) } } },
        { "/child/gender unknown-code", new() { Child = new() { Gender = "robot" } } },
        { "/presentLocation/latitude out-of-range", News with { PresentLocation = There with { Latitude = 91 } } },
        { "/officer/name too-long", News with { Officer = new(new('x', 201), null, null) } },
        { "/guardians/0 required", News with { Guardians = [null] } },
        { "/suspects/0 required", News with { Suspects = [null] } },
        { "/narrative too-long", new() { Narrative = new('x', 20_001) } },
        { "/narrative too-long", new() { LearnedAt = Now, Narrative = new('x', 20_001) } },
    };

    [Theory]
    [MemberData(nameof(Supplements), DisableDiscoveryEnumeration = true)]
    public void A_supplement_is_checked_as_a_report_is_and_says_something(string wrong, NewSupplement supplement) => Wrong(supplement).ShouldBe(wrong);

    [Fact]
    public void Whoever_turned_21_by_the_day_of_the_encounter_is_nobody_to_report_whenever_that_is_learned()
    {
        string Born(DateOnly? born) => Wrong(EncounterValidation.CheckAge(new() { Child = new() { DateOfBirth = born } }, Today));

        (Born(Today.AddYears(-21)), Born(Today.AddYears(-21).AddDays(1)), Born(null)).ShouldBe(("/child/dateOfBirth not-a-child", "", ""));
        Wrong(EncounterValidation.CheckAge(News, Today)).ShouldBe("");
    }

    [Fact]
    public void Nobody_is_left_with_an_error_alone() =>
        new EncounterValidation(Now, TestStates.California).Check(Of(new() { ApproximateAge = 30 })).All.ShouldHaveSingleItem().Detail
            .ShouldBe("A child is under 18. When the age is only a guess, leave it out and report. Somebody of 18 to 20 in foster care or under the juvenile court is reported all the same: say so, "
                + "with particulars.inFosterCare or dependencyCountyFips. For any other adult, call the county's victim services or, day and night, the National Human Trafficking Hotline: 1-888-373-7888, text 233733.");

    [Fact]
    public void At_the_door_the_moment_and_the_state_are_the_services()
    {
        var http = new DefaultHttpContext { RequestServices = new ServiceCollection().AddSingleton<TimeProvider>(new FakeTimeProvider(Now)).AddSingleton(TestStates.California).BuildServiceProvider() };

        Wrong(EncounterValidation.Of(Full with { OccurredAt = Now.AddMinutes(6), LearnedAt = null }, http)).ShouldBe("/occurredAt in-the-future");
        Wrong(EncounterValidation.Of(new TelephoneCall(Now.AddMinutes(6), null, null, null), http)).ShouldBe("/calledAt in-the-future");
        Wrong(EncounterValidation.Of(new NewSupplement(), http)).ShouldBe(" required");
    }
}
