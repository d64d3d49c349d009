using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace SafeHarbor.Journeys.Tests.Sandbox;

/// <summary>A vendor's integration, driven by what <c>/conformance</c> says, with the mistakes that it is told to make.</summary>
internal sealed class Vendor(string front, string agency) : IDisposable
{
    private readonly HttpClient _http = new() { BaseAddress = new Uri(front) };
    private string _last = "";

    /// <summary>Writes down an age and a gender where nobody knows them.</summary>
    public bool Guesses { get; init; }

    /// <summary>Makes a key for each attempt.</summary>
    public bool ForgetsKeys { get; init; }

    /// <summary>Tries again at once, whatever Retry-After says.</summary>
    public bool IsImpatient { get; init; }

    public void Dispose() => _http.Dispose();

    /// <summary>Does what each case wants, until there is none any more.</summary>
    public async Task WorkAsync(CancellationToken cancellation)
    {
        await FetchTokenAsync(cancellation);
        for (string? done = null; await CaseAsync(cancellation) is { } current; done = current)
            if (current == done)
                await Task.Delay(20, cancellation);
            else
                await DoAsync(current, cancellation);
    }

    private async Task<string?> CaseAsync(CancellationToken cancellation) => (string?)(await _http.GetFromJsonAsync<JsonNode>("/conformance", cancellation))!["case"];

    private Task DoAsync(string name, CancellationToken cancellation) => name switch
    {
        "telephone-report" => RecordCallAsync(cancellation),
        "followed" => FollowAsync(cancellation),
        _ => ReportAsync(BodyOf(name), cancellation),
    };

    private JsonObject BodyOf(string name) => Report(name switch
    {
        "complete" => new JsonObject
        {
            ["location"] = new JsonObject { ["latitude"] = 33.94, ["longitude"] = -117.985, ["accuracyMeters"] = 15 },
            ["custody"] = new JsonObject { ["taken"] = true, ["grounds"] = new JsonArray("IMMEDIATE_DANGER") },
            ["children"] = new JsonArray(new JsonObject
            {
                ["approximateAge"] = 15,
                ["gender"] = "female",
                ["languages"] = new JsonArray("es"),
                ["needs"] = new JsonArray("ADVOCATE", "EMERGENCY_SHELTER"),
                ["safety"] = new JsonObject { ["guardianUnsafe"] = true },
            }),
        },
        "unknown-left-out" => new JsonObject
        {
            ["location"] = new JsonObject { ["latitude"] = 34.05, ["longitude"] = -118.25 },
            ["children"] = new JsonArray(Guesses ? new JsonObject { ["approximateAge"] = 14, ["gender"] = "female" } : new JsonObject()),
        },
        "city-and-zip" => new JsonObject { ["location"] = new JsonObject { ["city"] = "Whittier", ["zip"] = "90601" }, ["children"] = new JsonArray(new JsonObject()) },
        "several-children" => new JsonObject { ["children"] = new JsonArray(new JsonObject { ["approximateAge"] = 15 }, new JsonObject { ["approximateAge"] = 12 }) },
        "corrected" => new JsonObject { ["children"] = new JsonArray(new JsonObject { ["approximateAge"] = 16 }) },
        _ => new JsonObject { ["children"] = new JsonArray(new JsonObject()) },
    });

    private JsonObject Report(JsonObject report)
    {
        report["source"] = new JsonObject { ["agencyOri"] = agency, ["incidentNumber"] = $"26-{Guid.NewGuid():N}"[..16], ["system"] = "vendor" };
        report["learnedAt"] = DateTimeOffset.UtcNow.ToString("O");
        return report;
    }

    private async Task ReportAsync(JsonObject report, CancellationToken cancellation)
    {
        for (var key = Guid.NewGuid(); ; key = ForgetsKeys ? Guid.NewGuid() : key)
        {
            using var answer = await TryAsync(HttpMethod.Post, "/v1/encounters", report, key, cancellation);
            switch (answer?.StatusCode)
            {
                case HttpStatusCode.Created or HttpStatusCode.OK:
                    _last = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["encounterId"]!;
                    return;
                case HttpStatusCode.BadRequest:
                    // As somebody would who reads the pointer.
                    report["children"]![0]!["approximateAge"] = 15;
                    key = Guid.NewGuid();
                    break;
                case HttpStatusCode.Unauthorized:
                    await FetchTokenAsync(cancellation);
                    break;
                case HttpStatusCode.ServiceUnavailable or HttpStatusCode.TooManyRequests when !IsImpatient:
                    await Task.Delay(answer.Headers.RetryAfter!.Delta!.Value, cancellation);
                    break;
            }
        }
    }

    private async Task RecordCallAsync(CancellationToken cancellation)
    {
        using var _ = await TryAsync(HttpMethod.Put, $"/v1/encounters/{_last}/telephone-report", new JsonObject { ["calledAt"] = DateTimeOffset.UtcNow.ToString("O") }, null, cancellation);
    }

    private async Task FollowAsync(CancellationToken cancellation)
    {
        var first = await _http.GetFromJsonAsync<JsonNode>($"/v1/encounters/{_last}?wait=5", cancellation);
        await _http.GetFromJsonAsync<JsonNode>($"/v1/encounters/{_last}?wait=1&after={Uri.EscapeDataString((string)first!["next"]!)}", cancellation);
    }

    private async Task FetchTokenAsync(CancellationToken cancellation)
    {
        using var form = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var answer = await _http.PostAsync("/oauth2/token", form, cancellation);
        var token = (string)(await answer.Content.ReadFromJsonAsync<JsonNode>(cancellation))!["access_token"]!;
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <returns>Null when no answer came.</returns>
    private async Task<HttpResponseMessage?> TryAsync(HttpMethod method, string path, JsonObject body, Guid? key, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key.ToString());
        try
        {
            return await _http.SendAsync(request, cancellation);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
