using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeHarbor.Local.Demo;

namespace SafeHarbor.Load;

/// <summary>Receives the webhooks of every organization on a free port, refuses forged ones, and can be told to misbehave.</summary>
public sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, string> _secrets = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private int _forged;

    private WebhookReceiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _application = builder.Build();
        _application.MapPost("/{organization}", (RequestDelegate)ReceiveAsync);
    }

    /// <summary>Decides for each request, by organization and webhook id, before it is looked at; may change at any time.</summary>
    public Func<string, string, Reception> Behavior { get; set; } = (_, _) => Reception.Take;

    /// <summary>Told of every genuine webhook that was taken, repetitions too, before it is answered.</summary>
    public event Action<Notice>? Received;

    /// <summary>How many came without a signature that holds.</summary>
    public int Forged => _forged;

    public static async Task<WebhookReceiver> StartAsync(CancellationToken cancellation)
    {
        var receiver = new WebhookReceiver();
        await receiver._application.StartAsync(cancellation);
        return receiver;
    }

    public string AddressFor(string organization) => $"{_application.Urls.First()}/{Uri.EscapeDataString(organization)}";

    /// <summary>From now on what is signed with this secret is genuine.</summary>
    public void Trust(string organization, string secret) => _secrets[organization] = secret;

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var at = Stopwatch.GetTimestamp();
        var organization = (string)context.Request.RouteValues["organization"]!;
        var id = context.Request.Headers["webhook-id"].ToString();
        var reception = Behavior(organization, id);
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (reception is Reception.Take or Reception.TakeAndReset && !Take(context.Request.Headers, organization, id, body, at))
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
        else if (reception is Reception.Take)
            await StandardWebhook.TakeAsync(context.Response, body);
        switch (reception)
        {
            case Reception.Fail:
                context.Response.StatusCode = StatusCodes.Status500InternalServerError;
                break;
            case Reception.Hang:
                await Task.Delay(System.Threading.Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                break;
            case Reception.Reset or Reception.TakeAndReset:
                context.Abort();
                break;
        }
    }

    private bool Take(IHeaderDictionary headers, string organization, string id, string body, long at)
    {
        if (!_secrets.TryGetValue(organization, out var secret)
            || !StandardWebhook.IsGenuine(secret, id, headers["webhook-timestamp"], headers["webhook-signature"], body, TimeProvider.System.GetUtcNow()))
        {
            Interlocked.Increment(ref _forged);
            return false;
        }
        var isRepetition = !_seen.TryAdd(organization + id, true);
        Received?.Invoke(Notice.Read(organization, id, body, at, isRepetition));
        return true;
    }
}
