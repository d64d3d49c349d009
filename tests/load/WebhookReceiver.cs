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

/// <summary>Receives the webhooks of every organisation on a free port, refuses forged ones, and can be told to misbehave.</summary>
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
        _application.MapPost("/{organisation}", (RequestDelegate)ReceiveAsync);
    }

    /// <summary>Decides for each request, by organisation and webhook id, before it is looked at; may change at any time.</summary>
    public Func<string, string, Reception> Behaviour { get; set; } = (_, _) => Reception.Take;

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

    public string AddressFor(string organisation) => $"{_application.Urls.First()}/{Uri.EscapeDataString(organisation)}";

    /// <summary>From now on what is signed with this secret is genuine.</summary>
    public void Trust(string organisation, string secret) => _secrets[organisation] = secret;

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var at = Stopwatch.GetTimestamp();
        var organisation = (string)context.Request.RouteValues["organisation"]!;
        var id = context.Request.Headers["webhook-id"].ToString();
        var reception = Behaviour(organisation, id);
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        if (reception is Reception.Take or Reception.TakeAndReset)
            context.Response.StatusCode = Take(context.Request.Headers, organisation, id, body, at);
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

    private int Take(IHeaderDictionary headers, string organisation, string id, string body, long at)
    {
        if (!_secrets.TryGetValue(organisation, out var secret)
            || !StandardWebhook.IsGenuine(secret, id, headers["webhook-timestamp"], headers["webhook-signature"], body, TimeProvider.System.GetUtcNow()))
        {
            Interlocked.Increment(ref _forged);
            return StatusCodes.Status401Unauthorized;
        }
        var isRepetition = !_seen.TryAdd(organisation + id, true);
        Received?.Invoke(Notice.Read(organisation, id, body, at, isRepetition));
        return StatusCodes.Status204NoContent;
    }
}
