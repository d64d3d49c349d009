using System.Text.Json;
using SafeHarbor.Client.Intake;
using static SafeHarbor.Client.Tests.ScriptedServer;

namespace SafeHarbor.Client.Tests;

public sealed class AnswerTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_problem_says_all_that_is_wrong_and_what_to_do()
    {
        await using var server = await StartAsync(Answers(400, """
            {"type":"/problems/validation","title":"Validation","status":400,"detail":"Correct what the entries of 'errors' name and send the request again.",
             "errors":[{"pointer":"/children/0/approximateAge","code":"out-of-range","detail":"Give 0 to 17."},{"parameter":"Idempotency-Key","code":"wrong-form","detail":"Give one key."}],
             "traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}
            """));

        var refused = await Should.ThrowAsync<ProblemException>(() => server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation));

        refused.Problem.Name.ShouldBe("validation");
        refused.Problem.Errors!.Select(error => (error.Pointer ?? error.Parameter, error.Code)).ShouldBe([("/children/0/approximateAge", "out-of-range"), ("Idempotency-Key", "wrong-form")]);
        refused.Message.ShouldContain("/children/0/approximateAge: Give 0 to 17.");
    }

    [Fact]
    public async Task What_stands_between_may_answer_in_a_form_of_its_own()
    {
        await using var server = await StartAsync(http =>
        {
            http.Response.StatusCode = 404;
            http.Response.ContentType = "text/html";
            return Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(http.Response, "<html>");
        });

        var refused = await Should.ThrowAsync<ProblemException>(() => server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation));

        refused.Problem.Status.ShouldBe(404);
        refused.Problem.Detail.ShouldContain("Check the address");
    }

    [Fact]
    public async Task Codes_and_members_of_a_later_version_do_no_harm()
    {
        var later = Samples.Receipt.Replace("\"RECEIVED\"", "\"IN_A_LATER_STATE\",\"laterMember\":{}", StringComparison.Ordinal);
        await using var server = await StartAsync(Answers(201, later));

        var receipt = await server.Intake().ReportEncounterAsync(Samples.Report, cancellationToken: Cancellation);

        receipt.Status.Value.ShouldBe("IN_A_LATER_STATE");
        receipt.Status.ShouldNotBe(EncounterStatuses.Completed);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("<html>")]
    public async Task An_answer_that_cannot_be_read_says_that_the_request_was_done(string answer)
    {
        await using var server = await StartAsync(Answers(201, answer));

        var unread = await Should.ThrowAsync<AnswerNotReadException>(() => server.Intake().ReportEncounterAsync(Samples.Report, idempotencyKey: "kept", cancellationToken: Cancellation));

        unread.IdempotencyKey.ShouldBe("kept");
    }

    [Fact]
    public void Whatever_the_documents_give_an_ETag_with_has_it()
    {
        var methods = typeof(IntakeClient).Assembly.GetExportedTypes().Where(type => type.Name.EndsWith("Client", StringComparison.Ordinal)).SelectMany(type => type.GetMethods()).ToLookup(method => method.Name);
        var tagged = Directory.GetFiles(Repository.PathOf("docs", "api"), "*.json")
            .SelectMany(file => JsonElement.Parse(File.ReadAllText(file)).GetProperty("paths").EnumerateObject())
            .SelectMany(path => path.Value.EnumerateObject())
            .Where(operation => operation.Value.GetProperty("responses").EnumerateObject().Any(answer => answer.Value.TryGetProperty("headers", out var headers) && headers.TryGetProperty("ETag", out _)))
            .Select(operation => operation.Value.GetProperty("operationId").GetString()!).ToList();

        tagged.ShouldNotBeEmpty();
        tagged.SelectMany(operation => methods[$"{char.ToUpperInvariant(operation[0])}{operation[1..]}Async"])
            .Where(method => !method.ReturnType.GenericTypeArguments.Single().IsAssignableTo(typeof(ITagged))).ShouldBeEmpty();
    }

    [Fact]
    public async Task Parameters_are_written_as_the_documents_say()
    {
        await using var server = await StartAsync(Answers(500, "{}"));

        await Should.ThrowAsync<ProblemException>(() => server.Intake().PreviewRetentionAsync(at: new DateTimeOffset(2026, 11, 20, 0, 0, 0, TimeSpan.FromHours(-8)), limit: 5, cancellationToken: Cancellation));

        server.Requests.ShouldHaveSingleItem().Target.ShouldBe("/v1/retention/due?at=2026-11-20T00%3A00%3A00.0000000-08%3A00&limit=5");
    }

    [Fact]
    public async Task What_is_sent_is_what_is_known_and_nothing_else()
    {
        await using var server = await StartAsync(Answers(201, Samples.Receipt));

        await server.Intake().ReportEncounterAsync(Samples.Report, prefer: "wait=5", cancellationToken: Cancellation);

        var sent = server.Requests.ShouldHaveSingleItem();
        sent.Header("Prefer").ShouldBe("wait=5");
        JsonElement.DeepEquals(JsonElement.Parse(sent.Body), JsonElement.Parse("""
            {"source":{"agencyOri":"CA0194200","incidentNumber":"26-1","system":"tests"},"learnedAt":"2026-11-20T23:10:00-08:00",
             "children":[{"approximateAge":15,"gender":"female","needs":["EMERGENCY_SHELTER"]}]}
            """)).ShouldBeTrue(sent.Body);
    }
}
