using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Tests.Hosting;

public sealed class HostingTests(SampleService sample)
{
    [Fact]
    public async Task The_address_is_written_once_the_service_listens()
    {
        var folder = Directory.CreateTempSubdirectory();
        var file = Path.Combine(folder.FullName, "address");
        await using (var service = await TestService.Start(settings: ("SafeHarbor:AddressFile", file)))
        {
            (await File.ReadAllLinesAsync(file, TestContext.Current.CancellationToken)).ShouldBe([service.Client.BaseAddress!.ToString().TrimEnd('/')]);
            Directory.GetFiles(folder.FullName).ShouldBe([file]);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_server_does_not_say_what_it_is()
    {
        using var answer = await sample.Service.Get("/health/live", "");

        answer.Headers.Server.ShouldBeEmpty();
    }

    [Fact]
    public async Task Forwarded_headers_are_not_believed()
    {
        await using var service = await TestService.Start(app => app.MapGet("/who", (HttpContext http) =>
            $"{http.Connection.RemoteIpAddress} {http.Request.Scheme} {http.Request.Host.Host}").AllowAnonymous());
        using var request = new HttpRequestMessage(HttpMethod.Get, "/who");
        request.Headers.Add("X-Forwarded-For", "203.0.113.9");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "evil.example");

        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("127.0.0.1 http 127.0.0.1");
    }

    [Fact]
    public void Requests_in_flight_get_twenty_seconds_at_shutdown() =>
        sample.Service.Get<IOptions<HostOptions>>().Value.ShutdownTimeout.ShouldBe(TimeSpan.FromSeconds(20));

    [Fact]
    public void Time_comes_in_whole_microseconds_as_the_database_keeps_it()
    {
        var now = sample.Service.Get<TimeProvider>().GetUtcNow();

        (now.Ticks % TimeSpan.TicksPerMicrosecond).ShouldBe(0);
        now.ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task A_request_in_flight_is_answered_while_the_service_stops()
    {
        var arrived = new TaskCompletionSource();
        var finish = new TaskCompletionSource();
        await using var service = await TestService.Start(app => app.MapGet("/slow", async () =>
        {
            arrived.SetResult();
            await finish.Task;
            return "done";
        }).RequireScope("encounters.read").Plain());
        var asking = service.Get("/slow");
        await arrived.Task;

        var stopping = service.Get<IHostApplicationLifetime>();
        var stopped = new TaskCompletionSource();
        stopping.ApplicationStopping.Register(stopped.SetResult);
        var stop = service.Get<IHost>().StopAsync(TestContext.Current.CancellationToken);
        await stopped.Task;
        finish.SetResult();

        using var answer = await asking;
        (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldBe("done");
        await stop;
    }

    [Fact]
    public async Task The_API_is_described_for_everyone()
    {
        var (status, document) = await SampleService.Read(sample.Service.Get("/openapi/v1.json", ""));

        status.ShouldBe(200);
        document.GetProperty("openapi").GetString()!.ShouldStartWith("3.1");
        document.GetProperty("info").GetProperty("title").GetString().ShouldBe("SafeHarbor sample");
        var paths = document.GetProperty("paths");
        paths.GetProperty("/v1/samples").GetProperty("post").TryGetProperty("requestBody", out _).ShouldBeTrue();
        paths.GetProperty("/v1/me").GetProperty("get").TryGetProperty("parameters", out _).ShouldBeFalse();
        document.GetProperty("components").GetProperty("securitySchemes").TryGetProperty("bearer", out _).ShouldBeTrue();
        document.GetProperty("components").GetProperty("schemas").GetProperty("SampleChild").GetProperty("properties").GetProperty("approximateAge")
            .GetRawText().ShouldContain("integer");
        paths.GetProperty("/v1/reports/reporter").GetProperty("get").GetProperty("security")[0].GetProperty("bearer")
            .EnumerateArray().Select(scope => scope.GetString()).ShouldBe(["reports.read", "reporter.read"]);
        var either = paths.GetProperty("/v1/either").GetProperty("get");
        either.GetProperty("security").EnumerateArray()
            .Select(all => string.Join(' ', all.GetProperty("bearer").EnumerateArray().Select(scope => scope.GetString()))).ShouldBe(["reports.read reporter.read", "offers.act"]);
        either.GetProperty("x-organizations").EnumerateArray().Select(word => word.GetString()).ShouldBe(["provider", "state"]);
        paths.GetProperty("/v1/open").GetProperty("get").TryGetProperty("security", out _).ShouldBeFalse();
        document.GetRawText().ShouldNotContain("127.0.0.1");
    }

    [Fact]
    public async Task The_description_says_that_bodies_are_closed_and_answers_are_not()
    {
        var (_, document) = await SampleService.Read(sample.Service.Get("/openapi/v1.json", ""));

        bool IsClosed(string name) => document.GetProperty("components").GetProperty("schemas").GetProperty(name).TryGetProperty("additionalProperties", out _);
        IsClosed("Sample").ShouldBeTrue();
        IsClosed("SampleChild").ShouldBeTrue();
        IsClosed("SampleAnswer").ShouldBeFalse();
    }

    [Fact]
    public async Task A_type_that_is_sent_and_given_requires_of_each_what_it_must_and_says_what_it_holds()
    {
        var (_, document) = await SampleService.Read(sample.Service.Get("/openapi/v1.json", ""));
        var schemas = document.GetProperty("components").GetProperty("schemas");

        schemas.GetProperty("Sample").TryGetProperty("required", out _).ShouldBeFalse("whoever sends may leave all of it out");
        schemas.GetProperty("SampleMandatory").GetProperty("required").EnumerateArray().Select(name => name.GetString()).ShouldBe(["first", "second"]);
        var given = schemas.GetProperty("SampleView");
        given.GetProperty("required").EnumerateArray().Select(name => name.GetString())
            .ShouldBe(given.GetProperty("properties").EnumerateObject().Select(member => member.Name), "whoever is answered gets all of it");
        string Of(string member) => given.GetProperty("properties").GetProperty(member).GetRawText().Replace(" ", "", StringComparison.Ordinal).ReplaceLineEndings("");
        Of("occurredAt").ShouldBe("""{"type":["null","string"],"format":"date-time"}""");
        Of("narrative").ShouldBe("""{"type":["null","string"]}""");
        Of("source").ShouldBe("""{"oneOf":[{"$ref":"#/components/schemas/SampleSourceView"},{"type":"null"}]}""");
        Of("free").ShouldBe("{}");
        Of("labels").ShouldBe("""{"type":["null","object"],"additionalProperties":{"type":"string"}}""");
    }
}
