using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Sandbox;

/// <summary>Receives the webhooks of everybody who is played and of vendors, shows them in the inspector, and lets the actors answer.</summary>
internal sealed class SandboxHost : IAsyncDisposable
{
    private const int LargestWebhook = 64 * 1024;

    // Whoever is played; "to" is for vendors.
    private const string Played = "/played/";

    private readonly WebApplication _application;
    private readonly PublicApi _api;
    private readonly SandboxActors _actors;
    private readonly Inspected _inspected = new();
    private readonly ConcurrentDictionary<string, bool> _seen = new();
    private readonly ConcurrentDictionary<string, bool> _confirmed = new();
    private readonly CancellationTokenSource _ending = new();
    private readonly string? _address;

    private SandboxHost(PublicApi api, SandboxActors actors, Uri? listen, string? address, CertificateFiles? certificate)
    {
        (_api, _actors, _address) = (api, actors, address?.TrimEnd('/'));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtFreePort(certificate);
        if (listen is not null)
            builder.WebHost.UseUrls(listen.ToString());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestWebhook);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _application = builder.Build();
        _application.MapPost(Played + "{to}", (RequestDelegate)(context => ReceiveAsync(context, played: true)));
        _application.MapPost("/to/{to}", (RequestDelegate)(context => ReceiveAsync(context, played: false)));
        _application.MapPost("/secrets", (RequestDelegate)TellSecretAsync);
        _application.MapGet("/", (RequestDelegate)ShowAsync);
    }

    /// <summary>Where services and browsers reach it.</summary>
    public string Address => _address ?? _application.Urls.First();

    /// <summary>Listens, adds what the directory lacks, and registers everybody who is played: those that an earlier run left are replaced.</summary>
    /// <param name="api">The services.</param>
    /// <param name="actors">Who is played.</param>
    /// <param name="listen">Where it listens; null for a free port of this machine.</param>
    /// <param name="address">Where services reach it when that is another address.</param>
    /// <param name="certificate">With it, it receives over TLS alone.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<SandboxHost> StartAsync(PublicApi api, SandboxActors actors, Uri? listen, string? address, CertificateFiles? certificate, CancellationToken cancellationToken)
    {
        var host = new SandboxHost(api, actors, listen, address, certificate);
        await host._application.StartAsync(cancellationToken);
        await actors.AddProvidersAsync(cancellationToken);
        await Parallel.ForEachAsync(actors.Organizations, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = cancellationToken },
            async (organization, cancellation) => await host.RegisterAsync(organization, cancellation));
        return host;
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _application.DisposeAsync();
        _ending.Dispose();
    }

    private async Task RegisterAsync(string organization, CancellationToken cancellationToken)
    {
        var path = Played + organization;
        var endpoints = await _api.GetAsync(ServiceKind.Notification, organization, "/v1/endpoints", cancellationToken);
        foreach (var former in endpoints.Items().Where(endpoint => endpoint.Text("url")?.EndsWith(path, StringComparison.Ordinal) == true))
            await _api.DeleteAsync(ServiceKind.Notification, organization, $"/v1/endpoints/{former.Text("endpointId")}", cancellationToken);
        var registered = await _api.PostAsync(ServiceKind.Notification, organization, "/v1/endpoints", new { url = Address + path }, cancellationToken);
        _inspected.Trust(organization, registered.Text("secret") ?? throw new DemoFailedException($"The endpoint of {organization} came without a secret."));
        // Who plays an endpoint that is down is so from now on.
        await _api.ConfirmAsync(organization, registered, cancellationToken);
        _confirmed.TryAdd(organization, true);
    }

    private async Task ReceiveAsync(HttpContext context, bool played)
    {
        var to = (string)context.Request.RouteValues["to"]!;
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync(context.RequestAborted);
        var headers = context.Request.Headers.SelectMany(header => header.Value, (header, value) => KeyValuePair.Create(header.Key, value ?? "")).ToList();
        var webhook = new ReceivedWebhook(to, TimeProvider.System.GetUtcNow(), headers, body, StatusCodes.Status204NoContent);
        var genuine = _inspected.SecretOf(to) is not { } secret || webhook.IsGenuine(secret);
        webhook = webhook with
        {
            Answered = played && _confirmed.ContainsKey(to) && _actors.IsDown(to) ? StatusCodes.Status503ServiceUnavailable : genuine ? StatusCodes.Status204NoContent : StatusCodes.Status401Unauthorized,
        };
        _inspected.Add(webhook);
        if (webhook.Answered == StatusCodes.Status204NoContent)
            await StandardWebhook.TakeAsync(context.Response, body);
        else
            context.Response.StatusCode = webhook.Answered;
        // Delivered at least once: what was seen before is answered like the first time and not acted on again.
        if (played && webhook.Answered == StatusCodes.Status204NoContent && _seen.TryAdd(to + context.Request.Headers["webhook-id"], true))
            _ = _actors.AnswerAsync(Notice.Read(to, body), _ending.Token);
    }

    private async Task TellSecretAsync(HttpContext context)
    {
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (to, secret) = (form["to"].ToString().Trim(), form["secret"].ToString().Trim());
        if (to.Contains(':', StringComparison.Ordinal) || !IsSecret(secret))
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            await context.Response.WriteAsync("A secret is whsec_ and base64, as the answer to POST /v1/endpoints held it, and the name is the last part of your address. Go back and give both.", context.RequestAborted);
            return;
        }

        _inspected.Trust(to, secret);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = "/";
    }

    private static bool IsSecret(string text) =>
        text.StartsWith("whsec_", StringComparison.Ordinal) && Convert.TryFromBase64String(text["whsec_".Length..], new byte[text.Length], out _);

    private Task ShowAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.ContentSecurityPolicy = InspectorPage.Policy;
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(InspectorPage.Of(_inspected.Newest, Address), context.RequestAborted);
    }
}
