using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SafeHarbor.Client;
using SafeHarbor.Client.Notification;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Journeys.Tests;

/// <summary>Takes webhooks with the published client: what is not signed and fresh is not believed, each id is handled once.</summary>
internal sealed class TypedReceiver : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, WebhookVerifier> _verifiers = [];
    private readonly ConcurrentDictionary<string, bool> _seen = [];
    private readonly Channel<(string Organization, CloudEvent Notice)> _notices = Channel.CreateUnbounded<(string, CloudEvent)>();

    private TypedReceiver(Installation installation)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtFreePort(installation.Authority?.Server("typed-webhooks"));
        _application = builder.Build();
        _application.MapPost("/{organization}", TakeAsync);
    }

    public ChannelReader<(string Organization, CloudEvent Notice)> Notices => _notices.Reader;

    public static async Task<TypedReceiver> StartAsync(Installation installation, CancellationToken cancellation)
    {
        var receiver = new TypedReceiver(installation);
        await receiver._application.StartAsync(cancellation);
        return receiver;
    }

    /// <summary>Registers an endpoint of an organization.</summary>
    public async Task RegisterAsync(string organization, NotificationClient notification, CancellationToken cancellation)
    {
        var url = new Uri($"{_application.Urls.First()}/{Uri.EscapeDataString(organization)}");
        var endpoint = await notification.RegisterEndpointAsync(new EndpointRegistration { Url = url }, cancellationToken: cancellation);
        _verifiers[organization] = new WebhookVerifier(endpoint.Secret);
        (await notification.TestEndpointAsync(endpoint.EndpointId, cancellationToken: cancellation)).Repeated.ShouldBeTrue($"{organization} confirms its endpoint");
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request, string organization)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        try
        {
            var notice = _verifiers[organization].Read(name => request.Headers[name], body.ToArray());
            if (_seen.TryAdd(request.Headers["webhook-id"].ToString(), true))
                _notices.Writer.TryWrite((organization, notice));
            return notice.Data.Challenge is { } challenge ? Results.Json(new { challenge }) : Results.NoContent();
        }
        catch (WebhookRefusedException)
        {
            return Results.BadRequest();
        }
    }
}
