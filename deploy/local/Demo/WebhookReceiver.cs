using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Demo;

/// <summary>Receives the webhooks of every organization in the cast on a free port, refuses forged ones, and hands on each message once.</summary>
internal sealed class WebhookReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, string> _secrets = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly Channel<Notice> _notices = Channel.CreateUnbounded<Notice>();

    private WebhookReceiver(CertificateFiles? certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtFreePort(certificate);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _application = builder.Build();
        _application.MapPost("/{organization}", (RequestDelegate)ReceiveAsync);
    }

    public ChannelReader<Notice> Notices => _notices.Reader;

    /// <param name="certificate">With it, it receives over TLS alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<WebhookReceiver> StartAsync(CertificateFiles? certificate, CancellationToken cancellationToken)
    {
        var receiver = new WebhookReceiver(certificate);
        await receiver._application.StartAsync(cancellationToken);
        return receiver;
    }

    public string AddressFor(string organization) => $"{_application.Urls.First()}/{organization}";

    public void Trust(string organization, string secret) => _secrets[organization] = secret;

    public async ValueTask DisposeAsync() => await _application.DisposeAsync();

    private async Task ReceiveAsync(HttpContext context)
    {
        var organization = (string)context.Request.RouteValues["organization"]!;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers;
        string? id = headers["webhook-id"];
        var genuine = _secrets.TryGetValue(organization, out var secret)
            && StandardWebhook.IsGenuine(secret, id, headers["webhook-timestamp"], headers["webhook-signature"], body, TimeProvider.System.GetUtcNow());
        if (!genuine)
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return;
        }
        // Delivered at least once: what was seen before is answered like the first time and not acted on again.
        if (_seen.TryAdd(organization + id, true))
            await _notices.Writer.WriteAsync(Notice.Read(organization, body), context.RequestAborted);
        await StandardWebhook.TakeAsync(context.Response, body);
    }
}
