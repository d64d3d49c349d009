using System.Text.Json.Nodes;

namespace SafeHarbor.Intake.Tests;

/// <summary>What an operator sees of parked messages and does about them, over HTTP.</summary>
public sealed class ParkedApiTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private const string Operator = "operations.read operations.act";
    private readonly TestIntake _intake = running.Intake;

    [Fact]
    public async Task An_operator_lists_shows_redrives_and_discards_what_is_parked()
    {
        var (redriven, discarded, encounter) = (await ParkAsync(), await ParkAsync(), Guid.NewGuid());
        var good = await ParkAsync(encounter);

        var listed = await AskAsync(HttpMethod.Get, "?limit=2");
        listed.Json["items"]!.AsArray().Select(Id).ShouldBe([redriven, discarded]);
        var rest = await AskAsync(HttpMethod.Get, $"?after={listed.Json["next"]}");
        rest.Json["items"]!.AsArray().Select(Id).ShouldBe([good]);
        rest.Json["next"].ShouldBeNull();

        var shown = await AskAsync(HttpMethod.Get, $"/{good}");
        shown.Json["body"]!["encounterId"]!.GetValue<Guid>().ShouldBe(encounter);
        shown.Json["body"]!["urgency"]!.GetValue<string>().ShouldBe("IMMEDIATE");
        shown.Json["body"]!["name"]!.GetValue<string>().ShouldBe("(text)");
        shown.Body.ShouldNotContain("JANE");

        var once = await AskAsync(HttpMethod.Post, $"/{good}/redrive");
        once.Json["state"]!.GetValue<string>().ShouldBe("REDRIVEN");
        once.Json["settledBy"]!.GetValue<string>().ShouldBe("state:ca tester-of-state:ca");
        (await AskAsync(HttpMethod.Post, $"/{good}/redrive")).Body.ShouldBe(once.Body);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{encounter}'", 1, "it has its effect, once");
        (await AskAsync(HttpMethod.Post, $"/{good}/discard", status: 409)).Json["type"]!.GetValue<string>().ShouldEndWith("already-settled");

        (await AskAsync(HttpMethod.Post, $"/{discarded}/discard")).Json["state"]!.GetValue<string>().ShouldBe("DISCARDED");
        (await AskAsync(HttpMethod.Post, $"/{discarded}/redrive", status: 409)).Json["type"]!.GetValue<string>().ShouldEndWith("already-settled");
        await AskAsync(HttpMethod.Get, "/123456789", status: 404);
    }

    [Fact]
    public async Task Without_the_scope_or_as_another_organization_nobody_sees_or_settles_anything()
    {
        var parked = await ParkAsync();
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, $"/{parked}"), (HttpMethod.Post, $"/{parked}/redrive"), (HttpMethod.Post, $"/{parked}/discard") })
        {
            await AskAsync(method, path, scopes: "encounters.read encounters.write", status: 403);
            await AskAsync(method, path, organization: "provider:harbor-house", status: 403);
        }
        await AskAsync(HttpMethod.Post, $"/{parked}/redrive", scopes: "operations.read", status: 403);

        (await _intake.CountAsync($"select count(*) from parked where id = {parked} and state = 'PARKED'")).ShouldBe(1);
        await _intake.CountAsync($"delete from parked where id = {parked} returning id");
    }

    private static long Id(JsonNode? message) => message!["parkedId"]!.GetValue<long>();

    private async Task<Answer> AskAsync(HttpMethod method, string path, string scopes = Operator, string organization = "state:ca", int status = 200)
    {
        var answer = await _intake.SendAsync(method, $"/v1/parked{path}", organization: organization, scopes: scopes);
        answer.Status.ShouldBe(status, answer.Body);
        return answer;
    }

    /// <summary>A message to the timeline that was parked for no fault of its own.</summary>
    private Task<long> ParkAsync(Guid? encounter = null) => _intake.CountAsync($$"""
        insert into parked (message_id, destination, type, body, ordering_key, sent_at, source, error_type, error)
        values (gen_random_uuid(), 'queue:intake-timeline', 'telephone-report.recorded.v1', convert_to(
            '{"encounterId":"{{encounter ?? Guid.NewGuid()}}","at":"2026-11-01T00:00:00Z","calledAt":"2026-11-01T00:00:00Z","urgency":"IMMEDIATE","name":"JANE"}', 'UTF8'),
            gen_random_uuid(), now(), 'HANDLER', 'InvalidOperationException', 'JANE was seen')
        returning id
        """);
}
