using System.Text.Json;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests.Providers;

/// <summary>The directory over HTTP, and in the memory of every instance.</summary>
public sealed class DirectoryTests : Stage
{
    private Task<(int Status, JsonElement Body, string? ETag)> As(string organization, HttpMethod method, string path, object? body = null,
        params (string Name, string Value)[] headers) =>
        Service.SendAsync(method, path, organization, "providers.write capacity.write", body, headers);

    private static object Free(params (string Type, int Places)[] free) => new { available = free.ToDictionary(f => f.Type, f => f.Places) };

    private static Task Sees(Instance instance, Func<ListedProvider, bool> what, string because) =>
        Instance.EventuallyAsync(() => Task.FromResult(instance.Directory.Listed.Any(what)), because);

    [Fact]
    public async Task A_change_is_seen_by_every_instance_at_once()
    {
        var second = await StartAsync();
        var (status, _, etag) = await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("new"));
        (status, etag).ShouldBe((201, "\"1\""));
        (await As("county:06037", HttpMethod.Get, "/v1/providers/new/capacity")).Body.GetProperty("asOf").ValueKind.ShouldBe(JsonValueKind.Null, "never counted");
        await Sees(second, l => l.Provider.Slug == "new", "the new provider");

        (await As("provider:new", HttpMethod.Put, "/v1/providers/new/capacity", Free(("EMERGENCY_SHELTER", 0)))).Status.ShouldBe(200);
        await Sees(second, l => l.Available.GetValueOrDefault("EMERGENCY_SHELTER", 1) == 0, "no places left");
        (await As("county:06037", HttpMethod.Put, "/v1/providers/new", Samples.Provider("new") with { Name = "Other (fictional)" }, ("If-Match", etag!))).Status.ShouldBe(200);
        await Sees(second, l => l.Provider.Name == "Other (fictional)" && l.Available.Count == 1, "the new name, and the places as they were");

        await Service.PublishAsync(Samples.HandoffOpened(Samples.Child("EMERGENCY_SHELTER")));
        await Instance.EventuallyAsync(async () => await Service.ScalarAsync<long>("select count(*) from needs where current_state = 'UNFILLED'") == 1, "nobody has a place");
    }

    [Fact]
    public async Task Each_change_is_told_to_others_as_a_whole_and_without_a_name()
    {
        var (_, _, etag) = await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("a"));
        (await As("provider:a", HttpMethod.Put, "/v1/providers/a/capacity", Free(("EMERGENCY_SHELTER", 0)))).Status.ShouldBe(200);
        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a") with { Contracts = [] }, ("If-Match", etag!))).Status.ShouldBe(200);

        await Instance.EventuallyAsync(async () => (await PeekAsync("intake-coverage")).Count == 3, "three changes");
        var told = await PeekAsync("intake-coverage");
        told.Select(m => (m.GetProperty("provider").GetString(), m.GetProperty("revision").GetInt32())).ShouldBe([("a", 1), ("a", 2), ("a", 3)]);
        told.Select(m => m.GetProperty("services").EnumerateArray().Single(s => s.GetProperty("type").GetString() == "EMERGENCY_SHELTER").GetProperty("full").GetBoolean())
            .ShouldBe([false, true, true], "the places stay what they were when the document changes");
        told.Select(m => m.GetProperty("contracts").GetArrayLength()).ShouldBe([1, 1, 0]);
        told.ShouldAllBe(m => !m.GetRawText().Contains("fictional"));
    }

    [Fact]
    public async Task A_change_needs_the_version_that_it_was_made_from()
    {
        await ListAsync(Samples.Provider("a"));
        var (_, _, etag) = await As("county:06037", HttpMethod.Get, "/v1/providers/a");

        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a"))).Status.ShouldBe(428);
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i =>
            As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a") with { Name = $"{i} (fictional)" }, ("If-Match", etag!))));

        answers.Select(a => a.Status).Order().ShouldBe([200, 412, 412, 412]);
        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a"), ("If-Match", "2"))).Status.ShouldBe(400, "no entity tag");
        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a"), ("If-Match", "W/\"2\""))).Status.ShouldBe(412, "a weak tag promises nothing");
        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a"), ("If-Match", "\"1\", \"2\""))).Status.ShouldBe(200, "one of those named");
        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a"), ("If-Match", "*"))).Status.ShouldBe(200, "any state");
        (await As("county:06037", HttpMethod.Put, "/v1/providers/none", Samples.Provider("none"), ("If-Match", etag!))).Status.ShouldBe(404);
    }

    [Theory]
    [InlineData("*", 200), InlineData("\"7\", \"1\" , \"9\"", 200), InlineData("\"*\"", 412), InlineData("W/\"1\"", 412), InlineData("W/\"1\", \"1\"", 200), InlineData("*, \"1\"", 400), InlineData("W/*", 400)]
    public async Task What_is_demanded_of_the_state_is_read_as_RFC_9110_says(string ifMatch, int status)
    {
        await ListAsync(Samples.Provider("a"));

        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a"), ("If-Match", ifMatch))).Status.ShouldBe(status);
    }

    [Fact]
    public async Task Any_state_is_any_state_also_when_somebody_else_was_quick()
    {
        await ListAsync(Samples.Provider("a"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
            As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a") with { Name = $"{i} (fictional)" }, ("If-Match", "*"))));

        answers.ShouldAllBe(a => a.Status == 200);
        (await As("county:06037", HttpMethod.Get, "/v1/providers/a")).ETag.ShouldBe("\"9\"", "each was a change of its own");
    }

    [Fact]
    public async Task Adding_the_same_provider_twice_is_told_and_with_the_same_key_answered_again()
    {
        var key = ("Idempotency-Key", "k1");
        var first = await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("a"), key);
        var again = await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("a"), key);
        (first.Status, again.Status).ShouldBe((201, 201));
        again.Body.GetRawText().ShouldBe(first.Body.GetRawText());
        again.ETag.ShouldBe(first.ETag);
        (await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("b"), key)).Status.ShouldBe(422);
        (await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("a"))).Status.ShouldBe(409);
    }

    [Fact]
    public async Task An_idempotency_key_is_one_to_255_printable_characters()
    {
        foreach (var key in new[] { new string('k', 256), "tab\there", "clé" })
        {
            var (status, problem, _) = await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("a"), ("Idempotency-Key", key));
            status.ShouldBe(400);
            var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
            (error.GetProperty("parameter").GetString(), error.GetProperty("code").GetString()).ShouldBe(("Idempotency-Key", "wrong-form"));
        }
        (await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("a"), ("Idempotency-Key", "k1"), ("Idempotency-Key", "k2"))).Status.ShouldBe(400, "one, not two");
        (await As("county:06037", HttpMethod.Post, "/v1/providers", Samples.Provider("a"), ("Idempotency-Key", new string('k', 255)))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task What_is_wrong_is_named_by_pointer()
    {
        var wrong = new
        {
            slug = "Not A Slug",
            name = "",
            phone = "call us",
            languages = Array.Empty<string>(),
            services = new object?[] { new { type = "POLICE", ageBands = new[] { "OLD" }, genders = Array.Empty<string>() }, null },
            contracts = new[] { new { countyFips = "37", reference = "", preference = 0, answerWithinSeconds = 0 } },
        };
        var (status, problem, _) = await As("state:ca", HttpMethod.Post, "/v1/providers", wrong);

        status.ShouldBe(400);
        problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ShouldBe(
        [
            "/slug", "/name", "/phone", "/languages", "/services/0/type", "/services/0/ageBands/0", "/services/0/genders", "/services/1/type", "/services/1/ageBands",
            "/services/1/genders", "/contracts/0/countyFips", "/contracts/0/reference", "/contracts/0/from", "/contracts/0/answerWithinSeconds", "/contracts/0/preference",
        ]);
        (await As("state:ca", HttpMethod.Post, "/v1/providers", new { })).Status.ShouldBe(400);

    }

    [Theory]
    [InlineData("06001", true), InlineData("06037", true), InlineData("06099", true), InlineData("06101", true), InlineData("06115", true)]
    [InlineData("06000", false), InlineData("06002", false), InlineData("06100", false), InlineData("06114", false), InlineData("06117", false)]
    [InlineData("06999", false), InlineData("32003", false), InlineData("6037", true), InlineData(" 06037\n", true), InlineData("037", false)]
    public void A_contract_is_with_a_county_that_there_is(string county, bool exists) =>
        ProviderRules.Check(Samples.Provider("a", county: county), TestStates.California).All.Select(e => e.Pointer).ShouldBe(exists ? [] : ["/contracts/0/countyFips"]);

    [Fact]
    public async Task Codes_are_kept_as_the_system_writes_them_whatever_the_senders()
    {
        var written = Samples.Provider("a", county: "6037") with { Languages = ["SPA", "es", "fre", "zh-hant", "ase"] };

        (await As("county:6037", HttpMethod.Post, "/v1/providers", written)).Status.ShouldBe(201);
        var (_, kept, _) = await As("county:06037", HttpMethod.Get, "/v1/providers/a");
        kept.GetProperty("languages").EnumerateArray().Select(l => l.GetString()).ShouldBe(["es", "fr", "zh-Hant", "ase"]);
        kept.GetProperty("contracts")[0].GetProperty("countyFips").GetString().ShouldBe("06037");
        foreach (var (county, found) in new[] { ("06037", 1), ("6037", 1), ("06059", 0) })
            (await As("county:06037", HttpMethod.Get, $"/v1/providers?countyFips={county}")).Body.GetProperty("items").GetArrayLength().ShouldBe(found, county);
        (await As("county:06037", HttpMethod.Get, "/v1/providers?countyFips=LA")).Status.ShouldBe(400, "never nobody in silence");
        ProviderRules.Check(written with { Languages = ["en", "Spanish", "und"] }, TestStates.California).All.Select(e => e.Pointer).ShouldBe(["/languages/1", "/languages/2"]);
    }

    [Fact]
    public async Task A_county_writes_no_other_countys_contract()
    {
        var both = Samples.Provider("a") with { Contracts = [Samples.Provider("a").Contracts[0], Samples.Provider("a", county: "06059").Contracts[0]] };
        (await As("county:06037", HttpMethod.Post, "/v1/providers", both)).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/contracts/1");
        (await As("state:ca", HttpMethod.Post, "/v1/providers", both)).Status.ShouldBe(201);

        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", both, ("If-Match", "\"1\""))).Body.GetProperty("errors")[0].GetProperty("pointer").GetString()
            .ShouldBe("/contracts/1");
        (await As("county:06037", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a", preference: 7), ("If-Match", "\"1\""))).Status.ShouldBe(200);
        var (_, kept, _) = await As("state:ca", HttpMethod.Get, "/v1/providers/a");
        kept.GetProperty("contracts").EnumerateArray().Select(c => (c.GetProperty("countyFips").GetString(), c.GetProperty("preference").GetInt32()))
            .ShouldBe([("06059", 1), ("06037", 7)], "the other county's contract stays");
        (await As("provider:a", HttpMethod.Put, "/v1/providers/a", both, ("If-Match", "\"2\""))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_county_writes_only_providers_that_it_has_or_had_a_contract_with()
    {
        var contract = Samples.Provider("a").Contracts[0];
        await ListAsync(Samples.Provider("a") with
        {
            Contracts =
            [
                contract, contract with { CountyFips = "06059", Until = new(2025, 12, 31) },
                contract with { CountyFips = "06067", From = DateOnly.FromDateTime(DateTime.UtcNow).AddDays(2) },
            ],
        });
        var free = Free(("EMERGENCY_SHELTER", 1));

        foreach (var (writer, expected) in new[]
        {
            ("county:06037", 200), ("county:06059", 200), ("county:06067", 404), ("county:06001", 404), ("state:ca", 200), ("state:nv", 403), ("provider:a", 200),
        })
            (await As(writer, HttpMethod.Put, "/v1/providers/a/capacity", free)).Status.ShouldBe(expected, $"{writer} and the capacity");
        foreach (var (writer, expected) in new[]
        {
            ("county:06037", 428), ("county:06059", 428), ("county:06067", 404), ("county:06001", 404), ("state:ca", 428), ("state:nv", 403),
        })
            (await As(writer, HttpMethod.Put, "/v1/providers/a", Samples.Provider("a"))).Status.ShouldBe(expected, $"{writer} and the document");
        (await As("county:06001", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a"), ("If-Match", "\"1\""))).Status.ShouldBe(404);
        (await As("county:06001", HttpMethod.Post, "/v1/providers", Samples.Provider("own") with { Contracts = [] })).Status.ShouldBe(201);
        (await As("county:06001", HttpMethod.Put, "/v1/providers/own", Samples.Provider("own") with { Contracts = [] }, ("If-Match", "\"1\""))).Status.ShouldBe(200, "it made it");
        (await As("county:06067", HttpMethod.Put, "/v1/providers/own", Samples.Provider("own") with { Contracts = [] }, ("If-Match", "\"2\""))).Status.ShouldBe(404);
        (await As("state:nv", HttpMethod.Post, "/v1/providers", Samples.Provider("b"))).Status.ShouldBe(403);
        (await Service.ScalarAsync<int>("select version from providers where slug = 'a'")).ShouldBe(1);
    }

    [Fact]
    public async Task Everybody_sees_their_own_contracts_and_the_state_all()
    {
        var both = Samples.Provider("a") with { Contracts = [Samples.Provider("a").Contracts[0], Samples.Provider("a", county: "06059").Contracts[0]] };
        await ListAsync(both, Samples.Provider("b"));

        foreach (var (reader, seen) in new[]
        {
            ("county:06037", ["06037"]), ("county:06059", ["06059"]), ("county:06001", []), ("provider:a", ["06037", "06059"]), ("provider:b", []),
            ("state:ca", ["06037", "06059"]), ("da:06037", Array.Empty<string>()),
        })
        {
            var (_, page, _) = await As(reader, HttpMethod.Get, "/v1/providers");
            var (_, one, _) = await As(reader, HttpMethod.Get, "/v1/providers/a");
            foreach (var a in new[] { page.GetProperty("items")[0], one })
                a.GetProperty("contracts").EnumerateArray().Select(c => c.GetProperty("countyFips").GetString()).ShouldBe(seen, reader);
        }
        (await As("state:nv", HttpMethod.Get, "/v1/providers")).Status.ShouldBe(403, "another state may do nothing");
        var (_, answer, _) = await As("county:06059", HttpMethod.Put, "/v1/providers/a", Samples.Provider("a", county: "06059"), ("If-Match", "\"1\""));
        answer.GetProperty("contracts").GetArrayLength().ShouldBe(1, "nor in the answer to a change");
    }

    [Fact]
    public async Task What_was_read_may_be_sent_back_as_it_is()
    {
        await ListAsync(Samples.Provider("a") with { Contracts = [Samples.Provider("a").Contracts[0], Samples.Provider("a", county: "06059").Contracts[0]] });
        (await As("provider:a", HttpMethod.Put, "/v1/providers/a/capacity", Free(("EMERGENCY_SHELTER", 2)))).Status.ShouldBe(200);

        foreach (var writer in new[] { "county:06037", "state:ca" })
        {
            var (_, read, etag) = await As(writer, HttpMethod.Get, "/v1/providers/a");
            var (status, written, _) = await As(writer, HttpMethod.Put, "/v1/providers/a", read, ("If-Match", etag!));
            status.ShouldBe(200, $"{writer}: {written}");
            JsonElement.DeepEquals(written, read).ShouldBeTrue($"{written}");
        }
        (await As("provider:a", HttpMethod.Get, "/v1/providers/a")).Body.GetProperty("contracts").GetArrayLength().ShouldBe(2, "no county's contract was lost");
        var (_, counted, _) = await As("provider:a", HttpMethod.Get, "/v1/providers/a/capacity");
        var (again, stored, _) = await As("provider:a", HttpMethod.Put, "/v1/providers/a/capacity", counted);
        again.ShouldBe(200, $"{stored}");
        JsonElement.DeepEquals(stored, counted).ShouldBeTrue($"{stored}");
    }

    [Fact]
    public async Task Places_were_counted_when_the_provider_says_but_not_in_the_future()
    {
        await ListAsync(Samples.Provider("a"));
        object Counted(DateTimeOffset at) => new { available = new Dictionary<string, int> { ["EMERGENCY_SHELTER"] = 2 }, asOf = at };

        var (_, stored, _) = await As("provider:a", HttpMethod.Put, "/v1/providers/a/capacity", Counted(new(2026, 11, 29, 2, 0, 0, TimeSpan.FromHours(-8))));
        stored.GetProperty("asOf").GetString().ShouldBe("2026-11-29T10:00:00.000Z");
        var (status, problem, _) = await As("provider:a", HttpMethod.Put, "/v1/providers/a/capacity", Counted(DateTimeOffset.UtcNow.AddHours(1)));
        status.ShouldBe(400);
        problem.GetProperty("errors")[0].GetProperty("code").GetString().ShouldBe("in-the-future");
    }

    [Fact]
    public async Task Of_a_provider_that_several_counties_share_its_own_word_counts_and_of_counties_the_one_that_was_counted_last()
    {
        await ListAsync(Samples.Provider("a") with { Contracts = [Samples.Provider("a").Contracts[0], Samples.Provider("a", county: "06059").Contracts[0]] });
        var now = DateTimeOffset.UtcNow;

        (await SaysAsync("county:06037", 3, now.AddHours(-2))).ShouldBe("3 county:06037");
        (await SaysAsync("county:06059", 0, now.AddHours(-1))).ShouldBe("0 county:06059", "it was counted later");
        (await SaysAsync("county:06037", 5, now.AddHours(-3))).ShouldBe("0 county:06059", "that is older than the other's");
        (await SaysAsync("provider:a", 1, now.AddHours(-4))).ShouldBe("1 provider:a", "its own, though it was counted before");
        (await SaysAsync("county:06059", 0, now)).ShouldBe("1 provider:a");
        (await SaysAsync("state:ca", 0, now)).ShouldBe("1 provider:a");
        (await SaysAsync("provider:a", 2, now.AddHours(-5))).ShouldBe("2 provider:a", "what it has said last");

        await Sees(Service, l => l.Available.GetValueOrDefault("EMERGENCY_SHELTER") == 2, "the word that counts is what is asked by");
        (await Service.ScalarAsync<string>("""
            select string_agg(organization || ' ' || (facts ->> 'counts') || ' ' || coalesce(facts ->> 'replaced', '-') || ' ' || (facts ->> 'holds'), ', ' order by entry_id)
            from ledger where action = 'capacity.reported'
            """)).ShouldBe("county:06037 true - county:06037, county:06059 true county:06037 county:06059, county:06037 false - county:06059, provider:a true county:06059 provider:a, "
                + "county:06059 false - provider:a, state:ca false - provider:a, provider:a true provider:a provider:a");

        async Task<string> SaysAsync(string who, int places, DateTimeOffset at)
        {
            var (status, told, _) = await As(who, HttpMethod.Put, "/v1/providers/a/capacity", new { available = new Dictionary<string, int> { ["EMERGENCY_SHELTER"] = places }, asOf = at });
            status.ShouldBe(200, $"{told}");
            var (_, read, _) = await As("county:06037", HttpMethod.Get, "/v1/providers/a/capacity");
            JsonElement.DeepEquals(read, told).ShouldBeTrue("whoever asks is told the same");
            read.GetProperty("saidAt").GetDateTimeOffset().ShouldBeGreaterThan(now.AddMinutes(-1));
            return $"{read.GetProperty("available").GetProperty("EMERGENCY_SHELTER").GetInt32()} {read.GetProperty("saidBy").GetString()}";
        }
    }

    [Fact]
    public async Task Two_words_at_the_same_moment_are_both_kept_and_one_counts()
    {
        await ListAsync(Samples.Provider("a") with { Contracts = [Samples.Provider("a").Contracts[0], Samples.Provider("a", county: "06059").Contracts[0]] });

        var told = await Task.WhenAll(new[] { "provider:a", "county:06037", "county:06059", "state:ca" }.Select(who => As(who, HttpMethod.Put, "/v1/providers/a/capacity", Free(("EMERGENCY_SHELTER", 1)))));

        told.ShouldAllBe(t => t.Status == 200);
        (await Service.ScalarAsync<int>("select jsonb_array_length(words) from providers where slug = 'a'")).ShouldBe(4);
        (await As("state:ca", HttpMethod.Get, "/v1/providers/a/capacity")).Body.GetProperty("saidBy").GetString().ShouldBe("provider:a");
    }

    [Fact]
    public async Task Capacity_is_reported_by_the_provider_itself_for_what_it_offers()
    {
        await ListAsync(Samples.Provider("a"), Samples.Provider("b"));

        (await As("provider:a", HttpMethod.Put, "/v1/providers/b/capacity", Free(("EMERGENCY_SHELTER", 1)))).Status.ShouldBe(404);
        (await As("provider:a", HttpMethod.Put, "/v1/providers/a/capacity", new { })).Body.GetProperty("errors")[0].GetProperty("pointer").GetString().ShouldBe("/available");
        var (_, problem, _) = await As("provider:a", HttpMethod.Put, "/v1/providers/a/capacity", Free(("ADVOCATE", 1), ("EMERGENCY_SHELTER", -1), ("HOTEL", 1)));
        problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()).ShouldBe(["/available/ADVOCATE", "/available/EMERGENCY_SHELTER", "/available"]);
    }

    [Fact]
    public async Task Sample_providers_are_added_where_they_are_missing_and_never_overwritten()
    {
        await ListAsync(SampleProviders.Of(TestStates.California)[0] with { Name = "Changed (fictional)" });

        var second = await StartAsync(sampleData: true);

        await Sees(second, l => l.Provider.Slug == "open-door", "the samples");
        second.Directory.Listed.Single(l => l.Provider.Slug == SampleProviders.Of(TestStates.California)[0].Slug).Provider.Name.ShouldBe("Changed (fictional)");
        var (status, page, _) = await Service.SendAsync(HttpMethod.Get, "/v1/providers?type=ADVOCATE&countyFips=06067&limit=1", "provider:open-door", "offers.act");
        status.ShouldBe(200);
        page.GetProperty("items")[0].GetProperty("slug").GetString().ShouldBe("harbor-house");
        page.GetProperty("next").GetString().ShouldNotBeNull();
    }

    [Fact]
    public async Task A_provider_that_cannot_be_used_stays_as_it_was_and_holds_back_no_other()
    {
        await ListAsync(Samples.Provider("a"), Samples.Provider("b"));

        await Service.ScalarAsync<int>("""
            update providers set document = case slug when 'a' then '{"services": 1}' else jsonb_set(document, '{name}', '"New (fictional)"') end returning version
            """);

        await Sees(Service, l => l.Provider.Name == "New (fictional)", "the other's change");
        Service.Directory.Listed.Single(l => l.Provider.Slug == "a").Provider.Name.ShouldBe("a (fictional)");
    }

    [Fact]
    public async Task A_process_that_only_waits_never_builds_the_model()
    {
        // Every use of EF Core, also by Store, begins with a context.
        using var contexts = new ContextsOf(Database.ConnectionString);
        var second = await StartAsync(sampleData: true);
        await Sees(second, l => l.Provider.Slug == "open-door", "the samples");
        await ListedAgainAsync(second);
        contexts.Begun.ShouldBe(0);

        (await second.SendAsync(HttpMethod.Get, "/v1/providers", "state:ca", "providers.write")).Status.ShouldBe(200);
        contexts.Begun.ShouldBeGreaterThan(0, "a read does, so it would have been seen");
    }

    private async Task ListedAgainAsync(Instance instance)
    {
        await Service.ScalarAsync<int>("update providers set available = '{\"ADVOCATE\": 3}' where slug = 'open-door' returning version");
        await Sees(instance, l => l.Available.GetValueOrDefault("ADVOCATE") == 3, "the change");
    }

    [Fact]
    public async Task The_service_is_ready_and_describes_itself()
    {
        (await As("state:ca", HttpMethod.Get, "/health/ready")).Body.GetProperty("checks").GetProperty("provider-directory").GetString().ShouldBe("Healthy");
        var (status, document, _) = await As("state:ca", HttpMethod.Get, "/openapi/v1.json");
        status.ShouldBe(200);
        document.GetProperty("paths").EnumerateObject().Select(p => p.Name).ShouldBe(
        [
            "/v1/offers", "/v1/offers/{offerId}", "/v1/offers/{offerId}/accept", "/v1/offers/{offerId}/decline", "/v1/needs", "/v1/needs/{needId}", "/v1/needs/{needId}/engaged",
            "/v1/needs/{needId}/completed", "/v1/needs/{needId}/ask-again", "/v1/needs/{needId}/renew-access", "/v1/needs/{needId}/end-access", "/v1/providers", "/v1/providers/{slug}", "/v1/providers/{slug}/capacity",
            "/v1/parked", "/v1/parked/{parkedId}", "/v1/parked/{parkedId}/redrive", "/v1/parked/{parkedId}/discard", "/v1/ledger/checkpoints",
        ], ignoreOrder: true);
    }
}
