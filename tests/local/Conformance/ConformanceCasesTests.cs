using SafeHarbor.Local.Conformance;

namespace SafeHarbor.Local.Tests.Conformance;

/// <summary>What each case makes of what came, without servers; tests/journeys plays whole runs.</summary>
public sealed class ConformanceCasesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 8, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("minimal", """{"children":[{}]}""", null)]
    [InlineData("minimal", """{"children":[]}""", "not one child")]
    [InlineData("unknown-left-out", """{"children":[{"approximateAge":null,"gender":"unknown"}]}""", null)]
    [InlineData("unknown-left-out", """{"children":[{"approximateAge":14}]}""", "A guess")]
    [InlineData("unknown-left-out", """{"children":[{"dateOfBirth":"2011-01-01"}]}""", "A guess")]
    [InlineData("unknown-left-out", """{"children":[{"gender":"female"}]}""", "is guessed")]
    [InlineData("city-and-zip", """{"location":{"city":"Whittier","zip":"90601"},"children":[{}]}""", null)]
    [InlineData("city-and-zip", """{"location":{"city":"Whittier","zip":"90601","latitude":0,"longitude":0},"children":[{}]}""", "nobody measured")]
    [InlineData("several-children", """{"children":[{},{}]}""", null)]
    [InlineData("several-children", """{"children":[{}]}""", "not two children")]
    [InlineData("no-charges", """{"children":[{}],"narrative":"found at a motel"}""", null)]
    [InlineData("no-charges", """{"children":[{}],"narrative":"PC 647(b)"}""", "no suspect")]
    [InlineData("complete", """{"children":[{}]}""", "/custody/taken is not true")]
    public void A_report_is_judged_by_what_it_says(string name, string body, string? reason) => ShouldBe(Case(name).Judge([Taken(body)]), reason);

    [Fact]
    public void What_intake_refuses_is_told_with_its_pointers() => ShouldBe(
        Case("no-charges").Judge([Taken("{}") with { Status = 400, Answered = """{"errors":[{"pointer":"/children/0/charges","code":"unknown-member","detail":"Not known."}]}""" }]),
        "/children/0/charges (unknown-member): Not known.");

    [Fact]
    public void What_leniency_ignored_does_not_pass() =>
        ShouldBe(Case("minimal").Judge([Taken("""{"children":[{}]}""") with { Answered = """{"warnings":[{"pointer":"/arrested","code":"unknown-member","detail":""}]}""" }]), "/arrested was ignored");

    [Theory]
    [InlineData("answer-lost", 0.1, "k1", "{}", null)]
    [InlineData("answer-lost", 0.1, "k2", "{}", "another Idempotency-Key")]
    [InlineData("answer-lost", 0.1, "k1", """{"narrative":"later"}""", "another body")]
    [InlineData("unavailable", 2.5, "k1", "{ }", null)]
    [InlineData("unavailable", 0.5, "k1", "{}", "Retry-After said 2")]
    [InlineData("too-many-requests", 2.5, "k1", "{}", null)]
    [InlineData("too-many-requests", 1, "k1", "{}", "Retry-After said 2")]
    public void What_comes_again_is_the_same_report_and_not_too_soon(string name, double after, string key, string body, string? reason)
    {
        var first = Disturbed(name);

        Case(name).Judge([first]).ShouldBeNull();
        ShouldBe(Case(name).Judge([first, Taken(body) with { Key = key, At = first.EndedAt.AddSeconds(after) }]), reason);
    }

    [Theory]
    [InlineData("k2", """{"children":[{"approximateAge":15}]}""", null)]
    [InlineData("k1", """{"children":[{"approximateAge":15}]}""", "a key of its own")]
    [InlineData("k2", """{"children":[{"approximateAge":16}]}""", "came again as it was")]
    [InlineData("k2", """{"children":[{"approximateAge":17}]}""", "is not 15")]
    public void What_was_refused_is_corrected_and_another_request(string key, string body, string? reason) =>
        ShouldBe(Case("corrected").Judge([Disturbed("corrected") with { Sent = """{"children":[{"approximateAge":16}]}""" }, Taken(body) with { Key = key }]), reason);

    [Theory]
    [InlineData("Bearer new", null)]
    [InlineData("Bearer old", "with the token that has expired")]
    public void After_a_401_another_token_comes(string token, string? reason) =>
        ShouldBe(Case("token-expired").Judge([Disturbed("token-expired") with { Token = "Bearer old" }, Taken("{}") with { Token = token }]), reason);

    [Fact]
    public void Who_asks_again_and_again_does_not_follow() =>
        ShouldBe(Case("followed").Judge([Read(0), Read(1)]), "twice within five seconds");

    [Fact]
    public void Who_waits_with_the_cursor_that_was_given_does() =>
        ShouldBe(Case("followed").Judge([Read(0), Read(1, ("wait", "30"), ("after", "c1"))]), null);

    [Fact]
    public async Task A_case_that_nothing_comes_for_says_what_was_waited_for()
    {
        var run = new ConformanceRun([Case("telephone-report")], TimeSpan.FromMilliseconds(1), _ => { });

        var result = (await run.PlayAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem();

        (result.Result, run.Current).ShouldBe((CaseState.Failed, null));
        result.Reason.ShouldNotBeNull().ShouldContain("PUT /v1/encounters/{encounterId}/telephone-report");
    }

    [Fact]
    public async Task A_run_that_is_ended_says_which_cases_it_did_not_reach()
    {
        using var ending = new CancellationTokenSource();
        var run = new ConformanceRun([Case("minimal"), Case("followed"), Case("corrected")], TimeSpan.FromMinutes(1), _ => { });
        var playing = run.PlayAsync(ending.Token);
        var passes = Taken("""{"children":[{}]}""");

        run.Arrived(passes).ShouldBeNull();
        run.Answered(passes);
        SpinWait.SpinUntil(() => run.Current?.Name == "followed", TimeSpan.FromSeconds(30)).ShouldBeTrue();
        await ending.CancelAsync();

        (await playing).Select(result => result.Result).ShouldBe([CaseState.Passed, CaseState.NotReached, CaseState.NotReached]);
    }

    [Fact]
    public void Each_case_leads_to_a_document_that_is_there() =>
        ConformanceCases.All.ShouldAllBe(one => Path.Exists(Path.Combine(Checkout.Find().Root, one.Page)));

    private static ConformanceCase Case(string name) => ConformanceCases.All.Single(one => one.Name == name);

    private static Exchange Taken(string body) => new() { Method = "POST", Path = "/v1/encounters", Sent = body, Key = "k1", Token = "t", Status = 201, At = Now.AddSeconds(1), EndedAt = Now.AddSeconds(1) };

    private static Exchange Disturbed(string name)
    {
        var request = Taken("{}") with { At = Now, EndedAt = Now };
        return request with { Disturbance = Case(name).Disturb(request, []).ShouldNotBeNull() };
    }

    private static Exchange Read(double at, params (string Name, string Value)[] query) => new()
    {
        Method = "GET",
        Path = $"/v1/encounters/{Guid.Empty}",
        Query = query.ToDictionary(one => one.Name, one => one.Value),
        Status = 200,
        Answered = """{"next":"c1"}""",
        At = Now.AddSeconds(at),
    };

    private static void ShouldBe(Verdict? verdict, string? reason)
    {
        verdict.ShouldNotBeNull().Passed.ShouldBe(reason is null, verdict.Reason);
        if (reason is not null)
            verdict.Reason.ShouldNotBeNull().ShouldContain(reason);
    }
}
