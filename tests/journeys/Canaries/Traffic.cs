using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>Officers who report, repeat themselves, correct themselves and make mistakes, many at once.</summary>
internal sealed class Traffic(CanaryWorld world, Conversation conversation, JsonElement document, Mark canary)
{
    private const int AtOnce = 32;
    private static readonly (string, string)[] Patient = [("Expect", "100-continue")];

    private readonly Form _form = new(document, ("post", "/v1/encounters"), canary);
    private readonly Form _call = new(document, ("put", "/v1/encounters/{encounterId}/telephone-report"), canary);
    private int _accepted;

    /// <summary>What was taken.</summary>
    public ConcurrentBag<Reported> Reports { get; } = [];

    public async Task ReportAsync(int encounters, CancellationToken cancellation) => await Parallel.ForEachAsync(
        Enumerable.Range(0, encounters), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (i, token) => await ReportOneAsync(i, token));

    /// <summary>Returns when so many encounters were taken, or when no more will be.</summary>
    public async Task UntilAcceptedAsync(int encounters, Task reporting, CancellationToken cancellation)
    {
        while (Volatile.Read(ref _accepted) < encounters && !reporting.IsCompleted)
            await Task.Delay(20, cancellation);
    }

    /// <summary>Sends what is wrong, which nobody takes.</summary>
    public async Task BlunderAsync(CancellationToken cancellation)
    {
        var known = Reports.First().EncounterId;
        foreach (var (form, method, path) in new[]
        {
            (_form, HttpMethod.Post, "/v1/encounters"), (_form, HttpMethod.Post, "/v1/encounters/validate"), (_call, HttpMethod.Put, $"/v1/encounters/{known}/telephone-report"),
        })
            await Parallel.ForEachAsync(Mistakes.In(form.Fill, canary), new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation }, async (content, token) =>
            {
                using (content)
                {
                    var bytes = await content.ReadAsByteArrayAsync(token);
                    var said = await SendAsync(method, path, () => Again(content, bytes), token, Patient);
                    said.IsSuccess.ShouldBeFalse($"this was to be wrong: {System.Text.Encoding.UTF8.GetString(bytes.AsSpan(0, Math.Min(bytes.Length, 3000)))}");
                }
            });
    }

    private async Task ReportOneAsync(int i, CancellationToken cancellation)
    {
        var body = _form.Fill();
        if (i % 10 == 0)
            foreach (var child in body["children"]!.AsArray())
                child!["needs"] = new JsonArray("ADVOCATE");
        // What comes with a request's trace goes on with its messages, except for what the caller has added.
        (string, string)[] headers =
        [
            ("Idempotency-Key", canary.Plant("key")), ("traceparent", $"00-{Guid.NewGuid():N}-0123456789abcdef-01"),
            ("tracestate", $"sender={canary.Plant("state")}"), ("baggage", $"sender={canary.Plant("baggage")}"),
        ];
        var first = await PostAsync(body, cancellation, headers);
        first.IsSuccess.ShouldBeTrue(first.Text);
        Interlocked.Increment(ref _accepted);
        var receipt = JsonSerializer.Deserialize<JsonElement>(first.Text);
        var encounter = receipt.GetProperty("encounterId").GetGuid();
        switch (i % 5)
        {
            case 0:
                (await PostAsync(body, cancellation, headers)).IsSuccess.ShouldBeTrue("a repetition under its key is answered as the first time");
                (await PostAsync(_form.Fill(), cancellation, headers)).Status.ShouldBe(422);
                break;
            case 1:
                (await PostAsync(body, cancellation)).Status.ShouldBe(200);
                var longer = (JsonObject)body.DeepClone();
                longer["narrative"] = canary.Plant("longer");
                // Under a key, because a request whose answer was lost is sent again.
                var kept = await PostAsync(longer, cancellation, [("Idempotency-Key", Guid.NewGuid().ToString())]);
                kept.Status.ShouldBe(201, "what says something new is a report of its own");
                Interlocked.Increment(ref _accepted);
                Add(JsonSerializer.Deserialize<JsonElement>(kept.Text), longer);
                break;
            case 2:
                var call = _call.Fill();
                (await SendAsync(HttpMethod.Put, $"/v1/encounters/{encounter}/telephone-report", () => JsonContent(call), cancellation)).Status.ShouldBe(200);
                body["telephoneReport"] = call;
                break;
            case 3:
                var another = _form.Fill();
                (await SendAsync(HttpMethod.Post, "/v1/encounters/validate", () => JsonContent(another), cancellation)).Status.ShouldBe(200);
                another["source"]!["agencyOri"] = "CA0300000";
                (await PostAsync(another, cancellation)).Status.ShouldBe(403);
                break;
            case 4:
                (await SendAsync(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"/v1/encounters/{encounter}"), null, cancellation)).Status.ShouldBe(200);
                break;
        }
        Add(receipt, body);
    }

    private void Add(JsonElement receipt, JsonObject body)
    {
        foreach (var (child, report) in receipt.GetProperty("reports").EnumerateArray().Index())
            Reports.Add(new(receipt.GetProperty("encounterId").GetGuid(), report.GetProperty("reportId").GetGuid(), child, body));
    }

    private Task<Said> PostAsync(JsonObject body, CancellationToken cancellation, (string, string)[]? headers = null) =>
        SendAsync(HttpMethod.Post, "/v1/encounters", () => JsonContent(body), cancellation, headers);

    private Task<Said> SendAsync(HttpMethod method, string path, Func<HttpContent>? body, CancellationToken cancellation, (string, string)[]? headers = null) =>
        conversation.SendAsync(world.Installation.Intake, World.Officer, method, path, body, cancellation, headers);

    private static StringContent JsonContent(JsonNode body) => new(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");

    private static ByteArrayContent Again(HttpContent content, byte[] bytes)
    {
        var again = new ByteArrayContent(bytes);
        foreach (var (name, values) in content.Headers)
            again.Headers.TryAddWithoutValidation(name, values);
        return again;
    }
}
