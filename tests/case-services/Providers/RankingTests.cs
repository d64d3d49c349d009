using FsCheck;
using FsCheck.Fluent;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests.Providers;

public sealed class RankingTests
{
    private static readonly SoughtService Shelter = new("EMERGENCY_SHELTER", CountyFips.Parse(Samples.County), AgeBands.From13To15, "female", ["en"], Emergency: true);

    private static string Rank(SoughtService sought, params ListedProvider[] directory) =>
        string.Join(' ', ProviderRanking.Rank(directory, sought, Samples.Day, []).Select(c => c.Provider.Slug));

    private static ListedProvider With(Func<ProviderService, ProviderService>? service = null, Func<Contract, Contract>? contract = null,
        Func<Provider, Provider>? provider = null)
    {
        var plain = Samples.Provider("one");
        plain = plain with { Services = [(service ?? (s => s))(plain.Services[0])], Contracts = [(contract ?? (c => c))(plain.Contracts[0])] };
        return (provider ?? (p => p))(plain).Listed();
    }

    [Fact]
    public void A_provider_that_fits_is_asked() => Rank(Shelter, With()).ShouldBe("one");

    public static TheoryData<string> Misfits => ["type", "county", "age", "gender", "language", "hours", "ended", "not begun", "no contract", "full"];

    [Theory, MemberData(nameof(Misfits))]
    public void A_provider_that_does_not_fit_is_never_asked(string why) => Rank(Shelter, why switch
    {
        "type" => With(s => s with { Type = "ADVOCATE" }),
        "county" => With(contract: c => c with { CountyFips = "06059" }),
        "age" => With(s => s with { AgeBands = [AgeBands.UpTo12] }),
        "gender" => With(s => s with { Genders = ["male"] }),
        "language" => With(provider: p => p with { Languages = ["ko"] }),
        "hours" => With(s => s with { AroundTheClock = false }),
        "ended" => With(contract: c => c with { Until = Samples.Day.AddDays(-1) }),
        "not begun" => With(contract: c => c with { From = Samples.Day.AddDays(1) }),
        "no contract" => With(provider: p => p with { Contracts = [] }),
        _ => With() with { Available = new Dictionary<string, int> { ["EMERGENCY_SHELTER"] = 0 } },
    }).ShouldBeEmpty();

    [Fact]
    public void What_is_not_known_of_the_child_excludes_nobody() =>
        Rank(Shelter with { AgeBand = AgeBands.Unknown, Gender = Genders.Unknown, Languages = [] },
            With(s => s with { AgeBands = [AgeBands.UpTo12], Genders = ["male"] }, provider: p => p with { Languages = ["ko"] })).ShouldBe("one");

    [Fact]
    public void An_interpreter_or_a_variety_of_the_language_will_do()
    {
        Rank(Shelter with { Languages = ["hmn"] }, With(provider: p => p with { BringsInterpreter = true })).ShouldBe("one");
        Rank(Shelter with { Languages = ["EN-us"] }, With()).ShouldBe("one");
    }

    [Theory]
    [InlineData("es", "spa", "one"), InlineData("es-MX", "es", "one"), InlineData("ase", "ase", "one"), InlineData("mam", "mam", "one"), InlineData("zh", "cmn", "one")]
    [InlineData("zh", "yue", ""), InlineData("ase", "en", ""), InlineData("mam", "quc", "")]
    public void A_language_is_the_same_whatever_its_code(string spoken, string sought, string asked) =>
        Rank(Shelter with { Languages = [sought] }, With(provider: p => p with { Languages = [spoken] })).ShouldBe(asked);

    [Fact]
    public void One_language_in_common_is_enough()
    {
        Rank(Shelter with { Languages = ["quc", "en"] }, With()).ShouldBe("one");
        Rank(Shelter, With(provider: p => p with { Languages = ["ko", "en"] })).ShouldBe("one");
    }

    [Fact]
    public void A_contract_is_live_on_its_first_and_last_day() =>
        Rank(Shelter, With(contract: c => c with { From = Samples.Day, Until = Samples.Day })).ShouldBe("one");

    [Fact]
    public void Whoever_was_asked_is_not_asked_again() =>
        ProviderRanking.Rank([Samples.Provider("a").Listed(), Samples.Provider("b").Listed()], Shelter, Samples.Day, ["a"]).Select(c => c.Provider.Slug).ShouldBe(["b"]);

    [Theory]
    [InlineData("EMERGENCY_SHELTER", 1, "one"), InlineData("EMERGENCY_SHELTER", 0, ""), InlineData("EMERGENCY_SHELTER", -1, ""), InlineData("ADVOCATE", 0, "one")]
    public void Free_places_count_by_service_and_what_is_not_counted_is_not_limited(string type, int free, string asked) =>
        Rank(Shelter, With() with { Available = new Dictionary<string, int> { [type] = free } }).ShouldBe(asked);

    [Fact]
    public void Of_contracts_alike_the_first_by_its_number_counts_and_of_one_county_only_its_own()
    {
        Contract Of(string reference, int preference, string county = Samples.County) => Samples.Provider("a", preference, county: county).Contracts[0] with { Reference = reference };
        string? Best(params Contract[] contracts) => ProviderRanking.ContractOf(Samples.Provider("a") with { Contracts = contracts }, CountyFips.Parse(Samples.County), Samples.Day)?.Reference;

        (Best(Of("b", 1), Of("a", 1)), Best(Of("a", 2), Of("b", 1)), Best(Of("a", 1, "06059"), Of("b", 3)), Best(Of("a", 1, "06059")), Best()).ShouldBe(("a", "b", "b", null, null));
    }

    [Fact]
    public void A_contract_without_an_end_goes_on()
    {
        var contract = new Contract { From = Samples.Day };
        (contract.CoversDay(Samples.Day.AddYears(50)), contract.CoversDay(Samples.Day.AddDays(-1)), (contract with { Until = Samples.Day }).CoversDay(Samples.Day.AddDays(1))).ShouldBe((true, false, false));
    }

    [Fact]
    public void Needs_that_are_no_emergency_go_to_office_hours_too() =>
        Rank(Shelter with { Emergency = false }, With(s => s with { AroundTheClock = false })).ShouldBe("one");

    [Fact]
    public void The_county_prefers_and_the_slug_decides_between_equals() =>
        Rank(Shelter, Samples.Provider("b", 2).Listed(), Samples.Provider("c", 1).Listed(), Samples.Provider("a", 2).Listed()).ShouldBe("c a b");

    [Fact]
    public void The_best_of_several_contracts_counts() =>
        Rank(Shelter, Samples.Provider("a", 2).Listed(), With(provider: p => p with { Contracts = [p.Contracts[0] with { Preference = 9 }, p.Contracts[0]] }))
            .ShouldBe("one a");

    [Theory]
    [InlineData("EMERGENCY_SHELTER", "06037", "second-dawn night-owl harbor-house")]
    [InlineData("ADVOCATE", "06037", "harbor-house open-door")]
    [InlineData("MENTAL_HEALTH", "06037", "open-door")]
    [InlineData("MENTAL_HEALTH", "06059", "open-door")]
    [InlineData("EMERGENCY_SHELTER", "06067", "harbor-house")]
    public void The_sample_directory_ranks_as_the_demonstration_tells(string type, string county, string expected) =>
        Rank(new(type, CountyFips.Parse(county), AgeBands.From13To15, "female", ["en"], NeedTypes.Emergency.Contains(type)), [.. SampleProviders.Of(TestStates.California).Select(p => p.Listed())])
            .ShouldBe(expected);

    [Fact]
    public void The_sample_directory_serves_every_need_in_its_three_counties_whoever_the_child_is()
    {
        foreach (var type in NeedTypes.All)
            foreach (var county in new[] { "06037", "06059", "06067" })
                Rank(new(type, CountyFips.Parse(county), AgeBands.UpTo12, "nonbinary", ["hmn"], NeedTypes.Emergency.Contains(type)),
                    [.. SampleProviders.Of(TestStates.California).Select(p => p.Listed())]).ShouldNotBeEmpty($"{type} in {county}");
    }

    [Fact]
    public void The_sample_directory_keeps_the_rules_and_its_telephones_reach_nobody()
    {
        foreach (var provider in SampleProviders.Of(TestStates.California))
        {
            ProviderRules.Check(provider, TestStates.California).All.ShouldBeEmpty(provider.Slug);
            provider.Phone!.ShouldContain("-555-01");
        }
    }

    private static readonly Gen<ListedProvider> AnyProvider =
        from slug in Gen.Elements("a", "b", "c", "d", "e")
        from type in Gen.Elements("EMERGENCY_SHELTER", "ADVOCATE")
        from ages in Gen.SubListOf(Samples.AllAges)
        from genders in Gen.SubListOf(Samples.AllGenders)
        from language in Gen.Elements("en", "es", "ko")
        from county in Gen.Elements(Samples.County, "06059")
        from start in Gen.Choose(-2, 2)
        from length in Gen.Choose(0, 3)
        from preference in Gen.Choose(1, 3)
        from clock in Gen.Elements(true, false)
        from places in Gen.Elements<int?>(null, 0, 1)
        select new ListedProvider(
            new()
            {
                Slug = slug,
                Languages = [language],
                Services = [new() { Type = type, AgeBands = [.. ages], Genders = [.. genders], AroundTheClock = clock }],
                Contracts =
                [
                    new() { CountyFips = county, From = Samples.Day.AddDays(start), Until = Samples.Day.AddDays(start + length), Preference = preference },
                ],
            },
            places is { } free ? new Dictionary<string, int> { [type] = free } : [], DateTimeOffset.UnixEpoch);

    private static readonly Arbitrary<(ListedProvider[] Directory, string[] Asked)> AnyCase = (
        from directory in Gen.ArrayOf(AnyProvider)
        from asked in Gen.SubListOf("a", "b", "c", "d", "e")
        select (directory.DistinctBy(p => p.Provider.Slug).ToArray(), asked.ToArray())).ToArbitrary();

    [Fact]
    public void Nobody_is_asked_who_is_not_eligible_or_was_asked_before() => Prop.ForAll(AnyCase, c =>
        ProviderRanking.Rank(c.Directory, Shelter, Samples.Day, c.Asked).All(candidate =>
        {
            var service = candidate.Provider.Services[0];
            var listed = c.Directory.Single(l => l.Provider == candidate.Provider);
            return !c.Asked.Contains(candidate.Provider.Slug) && service.Type == Shelter.Type && service.AroundTheClock
                && service.AgeBands.Contains(Shelter.AgeBand) && service.Genders.Contains(Shelter.Gender) && candidate.Provider.Languages.Contains("en")
                && candidate.Contract.CountyFips == Shelter.CountyFips.Text && candidate.Contract.From <= Samples.Day && candidate.Contract.Until >= Samples.Day
                && listed.Available.GetValueOrDefault(Shelter.Type, 1) > 0;
        })).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void The_order_does_not_depend_on_the_order_of_the_directory() => Prop.ForAll(AnyCase, c =>
        ProviderRanking.Rank(c.Directory, Shelter, Samples.Day, c.Asked).Select(r => r.Provider.Slug)
            .SequenceEqual(ProviderRanking.Rank(c.Directory.Reverse(), Shelter, Samples.Day, c.Asked).Select(r => r.Provider.Slug)))
        .Check(Config.QuickThrowOnFailure.WithMaxTest(300));
}
