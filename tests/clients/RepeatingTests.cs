using SafeHarbor.Client.Notification;
using static SafeHarbor.Client.Tests.ScriptedServer;

namespace SafeHarbor.Client.Tests;

public sealed class RepeatingTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_command_is_sent_again_under_one_key_until_there_is_an_answer()
    {
        await using var server = await StartAsync(HangsUp, BreaksOff, Refuses(408, "request-timeout"), Refuses(503, "unavailable"), Refuses(409, "still-running"), Answers(201, Samples.Receipt));

        var receipt = await server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation);

        receipt.EncounterId.ShouldBe(Samples.Encounter);
        server.Requests.Count.ShouldBe(6);
        server.Requests.Select(request => request.Header("Idempotency-Key")).Distinct().ShouldHaveSingleItem().ShouldNotBeNullOrEmpty();
        server.Requests.Select(request => request.Body).Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Two_commands_have_two_keys()
    {
        await using var server = await StartAsync(Answers(201, Samples.Receipt));
        var intake = server.Intake();

        await intake.ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation);
        await intake.ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation);

        server.Requests.Select(request => request.Header("Idempotency-Key")).ShouldBeUnique();
    }

    [Fact]
    public async Task A_key_that_was_kept_over_a_restart_is_used()
    {
        await using var server = await StartAsync(Answers(200, Samples.Receipt));

        await server.Intake().ReportEncounterAsync(Samples.Report, idempotencyKey: "kept", cancellationToken: Cancellation);

        server.Requests.ShouldHaveSingleItem().Header("Idempotency-Key").ShouldBe("kept");
    }

    [Theory]
    [InlineData(400, "validation")]
    [InlineData(403, "forbidden")]
    [InlineData(409, "handoff-state")]
    [InlineData(422, "idempotency-key-reused")]
    [InlineData(500, "internal-error")]
    public async Task What_was_refused_is_not_sent_again(int status, string name)
    {
        await using var server = await StartAsync(Refuses(status, name));

        var refused = await Should.ThrowAsync<ProblemException>(() => server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation));

        refused.Problem.Name.ShouldBe(name);
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task It_ends_with_the_last_problem_and_with_the_key_to_go_on_with()
    {
        await using var server = await StartAsync(Refuses(503, "keys-unavailable"));

        var refused = await Should.ThrowAsync<ProblemException>(() => server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation));

        refused.Problem.Name.ShouldBe("keys-unavailable");
        refused.IdempotencyKey.ShouldBe(server.Requests.First().Header("Idempotency-Key"));
        server.Requests.Count.ShouldBe(1 + Samples.Hurried.Repetitions);
    }

    [Fact]
    public async Task It_ends_with_the_key_to_go_on_with_when_nobody_answers()
    {
        await using var server = await StartAsync(HangsUp);

        var unanswered = await Should.ThrowAsync<NotAnsweredException>(() => server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation));

        unanswered.IdempotencyKey.ShouldBe(server.Requests.First().Header("Idempotency-Key"));
    }

    [Fact]
    public async Task An_answer_that_does_not_come_is_not_waited_for_without_end()
    {
        await using var server = await StartAsync(IsSilent, Answers(201, Samples.Receipt));

        await server.Intake(Samples.Hurried with { Patience = TimeSpan.FromMilliseconds(300) }).ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation);

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task The_service_says_how_long_to_wait()
    {
        await using var server = await StartAsync(Refuses(429, "too-many-requests", ("Retry-After", "0")), Answers(201, Samples.Receipt));

        await server.Intake(Samples.Unhurried).ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation);

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Whoever_would_have_to_wait_too_long_is_told_so_at_once()
    {
        await using var server = await StartAsync(Refuses(429, "too-many-requests", ("Retry-After", "3600")));

        var refused = await Should.ThrowAsync<ProblemException>(() => server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation));

        refused.RetryAfter.ShouldBe(TimeSpan.FromHours(1));
        server.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Whoever_gives_up_does_not_wait_for_the_next_repetition()
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        await using var server = await StartAsync(async http =>
        {
            await Refuses(503, "unavailable")(http);
            await http.Response.CompleteAsync();
            await patience.CancelAsync();
        });

        await Should.ThrowAsync<OperationCanceledException>(() => server.Intake(Samples.Unhurried).ReportEncounterAsync(Samples.Report, cancellationToken: patience.Token));
    }

    [Fact]
    public async Task A_change_of_a_version_whose_answer_was_lost_is_not_sent_again()
    {
        await using var server = await StartAsync(HangsUp, Answers(200, Samples.Endpoint));

        await Should.ThrowAsync<NotAnsweredException>(() => server.Notification().ChangeEndpointAsync(Guid.Empty, new EndpointChange(), version: 3, cancellationToken: Cancellation));

        server.Requests.ShouldHaveSingleItem().Header("If-Match").ShouldBe("\"3\"");
    }

    [Fact]
    public async Task A_change_of_a_version_that_was_not_looked_at_is_sent_again()
    {
        await using var server = await StartAsync(Refuses(429, "too-many-requests"), Answers(200, Samples.Endpoint));

        var changed = await server.Notification().ChangeEndpointAsync(Guid.Empty, new EndpointChange(), version: 3, cancellationToken: Cancellation);

        changed.EndpointId.ShouldNotBe(Guid.Empty);
    }

    [Fact]
    public async Task What_is_not_there_after_a_lost_answer_has_been_deleted()
    {
        await using var server = await StartAsync(HangsUp, Refuses(404, "not-found"));

        await server.Notification().DeleteEndpointAsync(Guid.Empty, Cancellation);

        server.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task What_was_never_there_is_not_deleted()
    {
        await using var server = await StartAsync(Refuses(404, "not-found"));

        (await Should.ThrowAsync<ProblemException>(() => server.Notification().DeleteEndpointAsync(Guid.Empty, Cancellation))).Problem.Status.ShouldBe(404);
    }
}
