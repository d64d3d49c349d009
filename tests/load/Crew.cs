using System.Collections.Concurrent;
using System.Diagnostics;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Load;

/// <summary>
/// Counties, providers and the desk of the sample data: they receive webhooks and act on each webhook id once, all at the same time.
/// Who accepts, declines or stays silent is <see cref="Cast"/>'s matter.
/// </summary>
public sealed class Crew : IAsyncDisposable
{
    private static readonly object Nothing = new { };
    private static readonly TimeSpan Handover = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly PublicApis _apis;
    private readonly CancellationTokenSource _leaving = new();
    private int _busy;

    private Crew(PublicApis apis, WebhookReceiver receiver)
    {
        (_apis, Receiver) = (apis, receiver);
        receiver.Received += OnReceived;
    }

    /// <summary>For watching what comes and for disturbing it.</summary>
    public WebhookReceiver Receiver { get; }

    /// <summary>Whether providers also report first contact and completion after they have accepted.</summary>
    public bool SeesThrough { get; set; }

    /// <summary>Told of every command that was answered, whatever the answer.</summary>
    public event Action<Command>? Answered;

    /// <summary>What did not go as it should: refusals and requests that were given up.</summary>
    public ConcurrentQueue<string> Surprises { get; } = [];

    /// <summary>Commands under way.</summary>
    public int Busy => _busy;

    /// <summary>Starts the receiver and registers an endpoint for each organization.</summary>
    public static async Task<Crew> ArriveAsync(PublicApis apis, bool seesThrough, CancellationToken cancellation)
    {
        var crew = new Crew(apis, await WebhookReceiver.StartAsync(cancellation)) { SeesThrough = seesThrough };
        await Task.WhenAll(Cast.Answers.Keys.Select(organization => crew.RegisterAsync(organization, cancellation)));
        return crew;
    }

    public async ValueTask DisposeAsync()
    {
        await _leaving.CancelAsync();
        await Receiver.DisposeAsync();
        _leaving.Dispose();
    }

    private async Task RegisterAsync(string organization, CancellationToken cancellation)
    {
        var answer = await _apis.PostAsync(
            ServiceKind.Notification, organization, "/v1/endpoints", new { url = Receiver.AddressFor(organization), organization }, cancellation);
        if (!answer.IsSuccess)
            throw new InvalidOperationException($"{organization} could not register its endpoint: {answer.Status} {answer.Text}");
        Receiver.Trust(organization, answer.Json.GetProperty("secret").GetString()!);
        var tested = await _apis.PostAsync(ServiceKind.Notification, organization, $"/v1/endpoints/{answer.Json.GetProperty("endpointId").GetString()}/test", new { }, cancellation);
        if (!tested.IsSuccess || !tested.Json.GetProperty("repeated").GetBoolean())
            throw new InvalidOperationException($"{organization} could not confirm its endpoint: {tested.Status} {tested.Text}");
    }

    private void OnReceived(Notice notice)
    {
        if (!notice.IsRepetition && !_leaving.IsCancellationRequested)
            _ = ActAsync(notice, _leaving.Token);
    }

    private async Task ActAsync(Notice notice, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _busy);
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        try
        {
            await AnswerAsync(notice, cancellation);
        }
        catch (TimeoutException late)
        {
            Surprises.Enqueue(late.Message);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The crew has left.
        }
        finally
        {
            Interlocked.Decrement(ref _busy);
        }
    }

    private Task AnswerAsync(Notice notice, CancellationToken cancellation) => (notice.Type, Cast.Answers[notice.Organization]) switch
    {
        ("handoff.opened" or "handoff.confirmed" or "handoff.referred-on", Behavior.Accept) => AcceptAsync(notice, cancellation),
        ("jurisdiction.undetermined", Behavior.Assign) => AssignAsync(notice, cancellation),
        ("offer.made", Behavior.Accept) => ServeAsync(notice, cancellation),
        ("offer.made", Behavior.Decline) => DoAsync(
            notice, ServiceKind.CaseServices, $"/v1/offers/{notice.Subject}/decline", new { reason = "NO_CAPACITY" }, cancellation),
        _ => Task.CompletedTask,
    };

    // Under load, or while something fails, a county is late; nobody takes its report from it.
    private async Task AssignAsync(Notice notice, CancellationToken cancellation)
    {
        var item = await _apis.GetAsync(ServiceKind.CountyRouting, notice.Organization, $"/v1/desk/{notice.Subject}", cancellation);
        if (!item.IsSuccess || item.Json.GetProperty("reason").GetString() != UndeterminedReasons.CountySilent)
            await DoAsync(notice, ServiceKind.CountyRouting, $"/v1/desk/{notice.Subject}/assign", new { organization = Cast.DeskAssigns }, cancellation);
    }

    // Where there is a node it may have the handoff; while it is handed over nobody has it.
    private async Task<Answer> AcceptAsync(Notice notice, CancellationToken cancellation)
    {
        var path = $"/v1/handoffs/{notice.Subject}/accept";
        var waited = Stopwatch.StartNew();
        var answer = await _apis.PostAsync(ServiceKind.CountyRouting, notice.Organization, path, Nothing, cancellation);
        while (answer.Status == 404 && waited.Elapsed < Handover)
        {
            if (await _apis.PostToNodeAsync(notice.Organization, path, Nothing, cancellation) is { IsSuccess: true } atNode)
                return Told(notice, path, atNode);
            await Task.Delay(Pause, cancellation);
            answer = await _apis.PostAsync(ServiceKind.CountyRouting, notice.Organization, path, Nothing, cancellation);
        }
        return Told(notice, path, answer);
    }

    private async Task ServeAsync(Notice notice, CancellationToken cancellation)
    {
        var offer = await DoAsync(notice, ServiceKind.CaseServices, $"/v1/offers/{notice.Subject}/accept", Nothing, cancellation);
        if (!SeesThrough || !offer.IsSuccess)
            return;
        var need = offer.Json.GetProperty("needId").GetGuid();
        foreach (var step in new[] { "engaged", "completed" })
            await DoAsync(notice, ServiceKind.CaseServices, $"/v1/needs/{need}/{step}", Nothing, cancellation);
    }

    private async Task<Answer> DoAsync(Notice notice, ServiceKind service, string path, object body, CancellationToken cancellation)
    {
        return Told(notice, path, await _apis.PostAsync(service, notice.Organization, path, body, cancellation));
    }

    private Answer Told(Notice notice, string path, Answer answer)
    {
        if (!answer.IsSuccess)
            Surprises.Enqueue($"{notice.Organization} POST {path}: {answer.Status} {answer.Text}");
        Answered?.Invoke(new(notice.Organization, path[(path.LastIndexOf('/') + 1)..], notice, answer));
        return answer;
    }
}
