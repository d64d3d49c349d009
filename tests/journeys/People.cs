using System.Collections.Concurrent;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Journeys.Tests;

/// <summary>
/// Counties, providers and the desk: they receive webhooks and act over the public APIs, each webhook id once.
/// The sample data's second-dawn declines what it is offered, night-owl never answers, everybody else accepts.
/// </summary>
internal sealed class People : IAsyncDisposable
{
    public static readonly IReadOnlyList<string> OfCalifornia =
    [
        "county:06037", "county:06059", "county:06019", "da:06019", "county:06067", "state:ca", "provider:harbor-house", "provider:second-dawn", "provider:night-owl", "provider:open-door",
    ];

    private readonly Installation _installation;
    private readonly Api _api;
    // What the desk assigns every item to.
    private readonly string _decidesFor;
    private readonly WebApplication _receiver;
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly Channel<(string Organization, JsonElement Notice)> _inbox = Channel.CreateUnbounded<(string, JsonElement)>();
    private readonly CancellationTokenSource _leaving = new();
    private Task _acting = Task.CompletedTask;

    private People(Installation installation, Api api, IReadOnlyList<string> organizations)
    {
        (_installation, _api) = (installation, api);
        _decidesFor = organizations.Last(organization => organization.StartsWith("county:", StringComparison.Ordinal));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtFreePort(installation.Authority?.Server("webhooks"));
        _receiver = builder.Build();
        _receiver.MapPost("/{organization}", async (HttpContext context, string organization) =>
        {
            using var reader = new StreamReader(context.Request.Body);
            var body = await reader.ReadToEndAsync(context.RequestAborted);
            Received.Add(string.Join('\n', context.Request.Headers.Select(h => $"{h.Key}: {h.Value}")) + "\n\n" + body);
            if (_seen.TryAdd(context.Request.Headers["webhook-id"].ToString(), true))
                _inbox.Writer.TryWrite((organization, JsonSerializer.Deserialize<JsonElement>(body)));
            await StandardWebhook.TakeAsync(context.Response, body);
        });
    }

    /// <summary>Every webhook as it came, headers and body.</summary>
    public ConcurrentBag<string> Received { get; } = [];

    /// <summary>What did not go as it should.</summary>
    public ConcurrentBag<string> Surprises { get; } = [];

    public static async Task<People> ArriveAsync(Installation installation, Api api, IReadOnlyList<string> organizations, CancellationToken cancellation)
    {
        var people = new People(installation, api, organizations);
        await people._receiver.StartAsync(cancellation);
        foreach (var organization in organizations)
        {
            var url = $"{people._receiver.Urls.First()}/{Uri.EscapeDataString(organization)}";
            var answer = await api.PostAsync(installation.Notification, organization, "/v1/endpoints", new { url }, cancellation);
            answer.IsSuccess.ShouldBeTrue($"{organization} registers its endpoint: {answer.Body}");
            await api.ConfirmAsync(organization, answer, cancellation);
        }
        people._acting = Task.WhenAll(Enumerable.Range(0, 8).Select(_ => people.ActAsync(people._leaving.Token)));
        return people;
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await _acting.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await _receiver.DisposeAsync();
        _leaving.Dispose();
    }

    private async Task ActAsync(CancellationToken cancellation)
    {
        await foreach (var (organization, notice) in _inbox.Reader.ReadAllAsync(cancellation))
        {
            var subject = notice.GetProperty("subject").GetString();
            switch (notice.GetProperty("type").GetString(), organization)
            {
                // What is only guessed is left to the desk.
                case ("org.safeharbor.handoff.opened.v1" or "org.safeharbor.handoff.confirmed.v1" or "org.safeharbor.handoff.referred-on.v1", _):
                    await Do(_installation.CountyRouting, organization, $"/v1/handoffs/{subject}/acknowledge", new { }, cancellation);
                    await Do(_installation.CountyRouting, organization, $"/v1/handoffs/{subject}/accept", new { }, cancellation);
                    break;
                case ("org.safeharbor.jurisdiction.undetermined.v1", _):
                    // A county that nobody plays answers nobody: what it was asked stays where it is.
                    if ((await _api.GetAsync(_installation.CountyRouting, organization, $"/v1/desk/{subject}", cancellation)).Body.GetProperty("reason").GetString() != "COUNTY_SILENT")
                        await Do(_installation.CountyRouting, organization, $"/v1/desk/{subject}/assign", new { organization = _decidesFor }, cancellation);
                    break;
                case ("org.safeharbor.offer.made.v1", "provider:second-dawn"):
                    await Do(_installation.CaseServices, organization, $"/v1/offers/{subject}/decline", new { reason = "NO_CAPACITY" }, cancellation);
                    break;
                case ("org.safeharbor.offer.made.v1", not "provider:night-owl"):
                    var offer = await Do(_installation.CaseServices, organization, $"/v1/offers/{subject}/accept", new { }, cancellation);
                    if (!offer.IsSuccess)
                        break;
                    var need = offer.Body.GetProperty("needId").GetString();
                    await Do(_installation.CaseServices, organization, $"/v1/needs/{need}/engaged", new { }, cancellation);
                    await Do(_installation.CaseServices, organization, $"/v1/needs/{need}/completed", new { }, cancellation);
                    break;
            }
        }
    }

    private async Task<Answer> Do(ServiceProcess service, string organization, string path, object body, CancellationToken cancellation)
    {
        var answer = await _api.PostAsync(service, organization, path, body, cancellation);
        if (!answer.IsSuccess)
            Surprises.Add($"{organization} POST {path}: {(int)answer.Status} {answer.Body}");
        return answer;
    }
}
