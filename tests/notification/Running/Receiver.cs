using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Notification.Tests.Running;

/// <summary>One webhook as it arrived.</summary>
public sealed record Received(string Path, string Id, string Timestamp, string Signature, string? ContentType, string Body, DateTimeOffset At);

/// <summary>A real HTTP server that takes webhooks and answers as the test says; 204 unless it says something.</summary>
public sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<Received> _received = new();
    private readonly SemaphoreSlim _arrived = new(0);

    private Receiver(CertificateFiles? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtFreePort(certificate);
        _app = builder.Build();
        _app.Run(TakeAsync);
    }

    /// <summary>What it answers to a webhook, given how many have come with that id before.</summary>
    public Func<HttpContext, Received, int, Task> Answer { get; set; } = (context, _, _) =>
    {
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    };

    public IReadOnlyList<Received> All => [.. _received];

    public string Url(string path = "/hook") => _app.Urls.Single() + path;

    public static async Task<Receiver> StartAsync(CancellationToken cancellation, CertificateFiles? certificate = null)
    {
        var receiver = new Receiver(certificate);
        await receiver._app.StartAsync(cancellation);
        return receiver;
    }

    /// <summary>Answers the first <paramref name="failures"/> attempts of each delivery with <paramref name="status"/>, the others with 204.</summary>
    public void FailFirst(int failures, int status, string? retryAfter = null) => Answer = (context, _, before) =>
    {
        context.Response.StatusCode = before < failures ? status : StatusCodes.Status204NoContent;
        if (before < failures && retryAfter is not null)
            context.Response.Headers.RetryAfter = retryAfter;
        return Task.CompletedTask;
    };

    /// <summary>Answers tests as an endpoint should, and everything else with 204.</summary>
    public void RepeatChallenges() => Answer = (context, webhook, _) => StandardWebhook.TakeAsync(context.Response, webhook.Body);

    /// <summary>Waits until that many webhooks have come, and returns them.</summary>
    public async Task<IReadOnlyList<Received>> WaitAsync(int count, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        try
        {
            while (_received.Count < count)
                await _arrived.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            Assert.Fail($"Only {_received.Count} of {count} webhooks have come.");
        }
        return All;
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _arrived.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers;
        var received = new Received(context.Request.Path, headers["webhook-id"].ToString(), headers["webhook-timestamp"].ToString(),
            headers["webhook-signature"].ToString(), context.Request.ContentType, await reader.ReadToEndAsync(), DateTimeOffset.UtcNow);
        var before = _received.Count(r => r.Id == received.Id);
        _received.Enqueue(received);
        _arrived.Release();
        try
        {
            await Answer(context, received, before);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The service gave up waiting.
        }
    }
}
