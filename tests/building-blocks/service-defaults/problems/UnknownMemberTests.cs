namespace SafeHarbor.ServiceDefaults.Tests.Problems;

/// <summary>What a body says and nobody understands is refused, all of it at once; or, when the sender prefers that, ignored and named.</summary>
public sealed class UnknownMemberTests(SampleService sample)
{
    [Theory]
    [InlineData("""{"narative":"x"}""", "/narative", "Did you mean `narrative`?")]
    [InlineData("""{"Narrative":"x"}""", "/Narrative", "Did you mean `narrative`?")]
    [InlineData("""{"occurred_at":"x"}""", "/occurred_at", "Did you mean `occurredAt`?")]
    [InlineData("""{"shoeSize":{"narrative":1}}""", "/shoeSize", "Known are source, occurredAt, children, narrative, free, labels, latitude, id, mandatory.")]
    [InlineData("""{"children":[{},{"aproximateAge":15}]}""", "/children/1/aproximateAge", "Did you mean `approximateAge`?")]
    [InlineData("""{"source":{"agencyOri":"x","Jane D.":1}}""", "/source", "Holds a member that is not known here. Known are agencyOri.")]
    [InlineData("""{"source":{"a member of more than forty letters, which is a text":1}}""", "/source", "Holds a member")]
    [InlineData("""{"source":{"nameOfMoreThanFortyLettersWhichIsNoNameAnyMore":1}}""", "/source", "Holds a member")]
    [InlineData("""{"source":{"":1}}""", "/source", "Holds a member")]
    [InlineData("\uFEFF{\"narative\":1}", "/narative", "Did you mean `narrative`?")]
    public async Task A_member_that_is_not_known_is_refused_with_what_was_meant(string body, string place, string says)
    {
        var problem = await SampleService.ReadProblem(sample.Service.Post("/v1/samples", body), 400, "validation");

        var error = problem.GetProperty("errors").EnumerateArray().ShouldHaveSingleItem();
        error.GetProperty("pointer").GetString().ShouldBe(place);
        error.GetProperty("code").GetString().ShouldBe("unknown-member");
        error.GetProperty("detail").GetString()!.ShouldContain(says);
    }

    [Theory]
    [InlineData("", 200)]
    [InlineData("{}", 200)]
    [InlineData("null", 200)]
    [InlineData("""{"note":"x"}""", 400, "/note unknown-member")]
    [InlineData("[1]", 400, " wrong-type")]
    [InlineData("{", 400, " malformed-json")]
    public async Task Where_no_body_is_taken_one_that_says_something_is_refused(string body, int status, params string[] errors)
    {
        using var answer = await sample.Service.Post("/v1/bare", body);

        ((int)answer.StatusCode).ShouldBe(status);
        if (status != 200)
            ErrorsOf(await SampleService.ReadProblem(Task.FromResult(answer), 400, "validation")).ShouldBe(errors);
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_told_in_one_answer_whatever_it_is() => (await ErrorsAsync("/v1/ruled", """
        {"narative":"x","source":7,"latitude":91,"occurredAt":"2026-11-20T23:10:00","mandatory":{"first":"x"},"labels":{"k":1},
         "children":[{"approximateAge":"15","alias":7,"languages":["en",5]},"Kim",{"approximateAge":18}],"id":null,"id":null}
        """)).ShouldBe([
            "/narative unknown-member", "/source wrong-type", "/occurredAt offset-missing", "/mandatory/second required", "/labels/k wrong-type",
            "/children/0/approximateAge wrong-type", "/children/0/alias wrong-type", "/children/0/languages/1 wrong-type", "/children/1 wrong-type", "/id duplicate-member"]);

    [Fact]
    public async Task What_could_be_read_is_held_against_the_rules_too() =>
        (await ErrorsAsync("/v1/ruled", """{"narative":"x","latitude":91,"occurredAt":"yesterday","children":["Kim",{"approximateAge":18,"alias":7}]}""")).ShouldBe([
            "/narative unknown-member", "/occurredAt wrong-type", "/children/0 wrong-type", "/children/1/alias wrong-type", "/latitude out-of-range", "/children/1/approximateAge not-a-child"]);

    [Fact]
    public async Task Rules_hold_for_a_body_that_can_be_read() => (await ErrorsAsync("/v1/ruled", """{"latitude":91}""")).ShouldBe(["/occurredAt required", "/latitude out-of-range"]);

    [Fact]
    public async Task Of_very_many_errors_a_hundred_are_told()
    {
        var errors = await ErrorsAsync("/v1/samples", $$"""{"children":[{{string.Join(',', Enumerable.Repeat("""{"aproximateAge":1}""", 20_000))}}]}""");

        errors.Count.ShouldBe(100);
        errors[^1].ShouldBe(" too-many");
    }

    [Fact]
    public async Task A_lenient_sender_is_told_what_was_ignored()
    {
        using var answer = await SendAsync("/v1/ruled", """{"narative":"x","occurredAt":"2026-11-20T23:10:00Z","children":[{"approximateAge":15,"Jane D.":{"a":1}}]}""");

        ((int)answer.StatusCode).ShouldBe(200);
        answer.Headers.GetValues("Preference-Applied").ShouldBe(["handling=lenient"]);
        answer.Headers.GetValues("Ignored-Members").ShouldBe(["\"/narative\", \"/children/0\""]);
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"approximateAge\":15");
    }

    [Fact]
    public async Task A_lenient_sender_is_told_how_many_more_were_ignored_than_are_named()
    {
        using var answer = await SendAsync("/v1/samples", $$"""{"children":[{{string.Join(',', Enumerable.Repeat("""{"shoeSize":1}""", 23))}}]}""");

        answer.Headers.GetValues("Ignored-Members").ShouldHaveSingleItem().ShouldEndWith("\"/children/19/shoeSize\", 3");
    }

    [Fact]
    public async Task Nothing_is_named_when_nothing_was_ignored()
    {
        using var answer = await SendAsync("/v1/samples", """{"narrative":"x"}""");

        answer.Headers.GetValues("Preference-Applied").ShouldBe(["handling=lenient"]);
        answer.Headers.Contains("Ignored-Members").ShouldBeFalse();
    }

    [Theory]
    [InlineData("""{"narative":"x","latitude":"34"}""", "/latitude wrong-type")]
    [InlineData("""{"narative":"x","narrative":"x","narrative":"x"}""", "/narrative duplicate-member")]
    [InlineData("""{"narative":"x",}""", " malformed-json")]
    public async Task Leniency_is_for_members_that_are_not_known_alone(string body, string error)
    {
        using var answer = await SendAsync("/v1/samples", body);

        var problem = await SampleService.ReadProblem(Task.FromResult(answer), 400, "validation");
        ErrorsOf(problem).ShouldBe([error]);
    }

    [Theory]
    [InlineData("handling=lenent")]
    [InlineData("handling=strict")]
    [InlineData("handling=strict, handling=lenient")]
    [InlineData("lenient")]
    [InlineData("respond-async; handling=lenient")]
    public async Task What_is_not_the_preference_changes_nothing(string prefer)
    {
        using var answer = await SendAsync("/v1/samples", """{"narative":"x"}""", prefer);

        ((int)answer.StatusCode).ShouldBe(400);
        answer.Headers.Contains("Preference-Applied").ShouldBeFalse();
    }

    [Theory]
    [InlineData("wait=1, handling=lenient")]
    [InlineData("Handling = \"lenient\"; a=b")]
    public async Task The_preference_may_stand_among_others(string prefer)
    {
        using var answer = await SendAsync("/v1/samples", """{"narative":"x"}""", prefer);

        ((int)answer.StatusCode).ShouldBe(200);
    }

    private Task<HttpResponseMessage> SendAsync(string path, string body, string prefer = "handling=lenient")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new("Bearer", sample.Service.Tokens.Issue());
        request.Headers.Add("Prefer", prefer);
        return sample.Service.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<IReadOnlyList<string>> ErrorsAsync(string path, string body) => ErrorsOf(await SampleService.ReadProblem(sample.Service.Post(path, body), 400, "validation"));

    private static IReadOnlyList<string> ErrorsOf(System.Text.Json.JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(error => $"{error.GetProperty("pointer")} {error.GetProperty("code")}")];
}
