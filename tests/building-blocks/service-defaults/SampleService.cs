using System.ComponentModel.DataAnnotations;
using System.Data.Common;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Json;
using SafeHarbor.ServiceDefaults.Problems;
using SafeHarbor.ServiceDefaults.Tests;

[assembly: AssemblyFixture(typeof(SampleService))]

namespace SafeHarbor.ServiceDefaults.Tests;

internal sealed record Sample
{
    public SampleSource? Source { get; init; }
    public DateTimeOffset? OccurredAt { get; init; }
    public IReadOnlyList<SampleChild?> Children { get; init; } = [];
    public string? Narrative { get; init; }
    public JsonElement? Free { get; init; }
    public Dictionary<string, string>? Labels { get; init; }
    public double? Latitude { get; init; }
    public Guid? Id { get; init; }
    public SampleMandatory? Mandatory { get; init; }
}

internal sealed record SampleAnswer(string Said);

internal sealed record SampleSource([MaxLength(100)] string? AgencyOri);

internal sealed record SampleChild(int? ApproximateAge, DateOnly? DateOfBirth, [MaxLength(40)] string? Alias, bool? Missing, [MaxLength(3), ItemLength(5)] string[]? Languages);

internal sealed record SampleMandatory
{
    public required string First { get; init; }
    public required string Second { get; init; }
}

internal sealed class TransientFailure() : DbException(Secret)
{
    public const string Secret = "canary-jane-invented";

    public override bool IsTransient => true;
}

/// <summary>One running service with an endpoint for each behavior, shared by the tests.</summary>
public sealed class SampleService : IAsyncLifetime
{
    internal const string Secret = "canary-jane-invented";

    internal TestService Service { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Service = await TestService.Start(Map);

    public ValueTask DisposeAsync() => Service.DisposeAsync();

    internal static async Task<(int Status, JsonElement Body)> Read(Task<HttpResponseMessage> sending)
    {
        using var answer = await sending;
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken));
    }

    /// <summary>The problem in the answer, after looking at what every problem has in common.</summary>
    internal static async Task<JsonElement> ReadProblem(Task<HttpResponseMessage> sending, int status, string name)
    {
        using var answer = await sending;
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(status, text);
        answer.Content.Headers.ContentType?.MediaType.ShouldBe("application/problem+json");
        var problem = JsonDocument.Parse(text).RootElement;
        problem.GetProperty("type").GetString().ShouldBe(Problem.TypeBase + name);
        problem.GetProperty("status").GetInt32().ShouldBe(status);
        problem.GetProperty("title").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.GetProperty("traceId").GetString().ShouldNotBeNullOrWhiteSpace();
        problem.TryGetProperty("instance", out _).ShouldBeFalse();
        text.ShouldNotContain(Secret);
        text.ShouldNotContain("System.");
        return problem;
    }

    internal static void Map(WebApplication app)
    {
        app.MapPost("/v1/samples", (Sample body) => body).RequireScope("encounters.write", kinds: "le").Plain();
        app.MapPost("/v1/bare", () => new SampleAnswer("done")).RequireScope("encounters.write", kinds: "le").Plain();
        app.MapPost("/v1/ruled", (Sample body) => body).RequireScope("encounters.write", kinds: "le").Plain().Checks<Sample>(Rules);
        app.MapGet("/v1/since", (DateTimeOffset? since) => since).RequireScope("encounters.read").Plain();
        app.MapGet("/v1/samples/{id}", (Guid id) => id).RequireScope("encounters.read").Plain();
        app.MapGet("/v1/samples", (int? limit, string? after, bool strict = false) => new { limit, after, strict }).RequireScope("encounters.read").Plain();
        app.MapGet("/v1/many", (string[] only) => only).RequireScope("encounters.read").Plain();
        app.MapGet("/v1/needed", (int needed) => needed).RequireScope("encounters.read").Plain();
        app.MapGet("/v1/me", (Caller caller) => new { caller.Subject, Org = caller.Organization.Text, Scopes = caller.Scopes.Order() })
            .RequireScope("encounters.read").Plain();
        var reports = app.MapGroup("/v1/reports").RequireScope("reports.read").Plain();
        reports.MapGet("/reporter", (Caller caller) => caller.Subject).RequireScope("reporter.read reports.read", kinds: "county le").Plain();
        app.MapGet("/v1/either", (Caller caller) => caller.Subject).RequireScope("reports.read reporter.read | offers.act", kinds: "provider state").Plain();
        app.MapGet("/v1/open", (Caller? caller) => caller?.Subject ?? "nobody").AllowAnonymous();
        app.MapGet("/v1/problems/conflict", () => Problem.Conflict("already-accepted", "Another county has accepted. Read the handoff again."))
            .AllowAnonymous();
        app.MapGet("/v1/problems/not-found", () => Problem.NotFound("encounter")).AllowAnonymous();
        app.MapGet("/v1/problems/bare-404", () => TypedResults.NotFound()).AllowAnonymous();
        app.MapGet("/v1/problems/unprocessable", () => Problem.Unprocessable("idempotency-key-reused", "Use a new key.")).AllowAnonymous();
        app.MapGet("/v1/problems/validation", () => new ValidationErrors()
            .Add("/children/0/approximateAge", "out-of-range", "Give an age from 0 to 21.")
            .AddParameter("limit", "out-of-range", "Give 1 to 200.").ToProblem()).AllowAnonymous();
        app.MapGet("/v1/fail", string () => throw new InvalidOperationException(Secret, new FormatException(Secret))).AllowAnonymous();
        app.MapGet("/v1/fail-for-now", string () => throw new InvalidOperationException(Secret, new TransientFailure())).AllowAnonymous();
        app.MapGet("/v1/fail-late", async (HttpContext context) =>
        {
            await context.Response.WriteAsync("half");
            await context.Response.Body.FlushAsync();
            throw new InvalidOperationException(Secret);
        }).AllowAnonymous();
    }

    private static ValidationErrors Rules(Sample body, HttpContext http)
    {
        var errors = new ValidationErrors();
        if (body.OccurredAt is null)
            errors.Add("/occurredAt", "required", "Say when.");
        if (body.Latitude is < -90 or > 90)
            errors.Add("/latitude", "out-of-range", "Degrees north are between -90 and 90.");
        foreach (var (index, child) in body.Children.Index())
        {
            if (child is null)
                errors.Add($"/children/{index}", "required", "Leave it out.");
            else if (child.ApproximateAge is > 17)
                errors.Add($"/children/{index}/approximateAge", "not-a-child", "A child is under 18.");
        }
        return errors;
    }
}
