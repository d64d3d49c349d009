using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Conformance;

/// <summary>
/// Stands before intake: the vendor's system reaches the sandbox through it, and it does to requests what the case wants. It also gives out tokens, as an
/// issuer would, and says at <c>/conformance</c> which case is being played, for systems that are driven by a script.
/// </summary>
internal sealed class Front : IAsyncDisposable
{
    private const int LargestBody = 1024 * 1024;
    private static readonly HashSet<string> OfTheConnection = new(["Host", "Connection", "Keep-Alive", "Transfer-Encoding", "Content-Length", "Upgrade", "Expect"], StringComparer.OrdinalIgnoreCase);

    private readonly HttpClient _intake = LocalHttp.Client(TimeSpan.FromSeconds(100));
    private readonly WebApplication _application;
    private readonly Uri _address;
    private readonly Func<string> _token;
    private readonly ConformanceRun _run;

    private Front(Uri intake, Func<string> token, ConformanceRun run, Uri? listen)
    {
        (_address, _token, _run) = (intake, token, run);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ListenAtFreePort(certificate: null);
        if (listen is not null)
            builder.WebHost.UseUrls(listen.ToString());
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = LargestBody);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(1));
        _application = builder.Build();
        _application.MapPost("/oauth2/token", (RequestDelegate)(context => context.Response.WriteAsJsonAsync(new { access_token = _token(), token_type = "Bearer", expires_in = 12 * 60 * 60 })));
        _application.MapGet("/conformance", (RequestDelegate)(context => context.Response.WriteAsJsonAsync(new { @case = _run.Current?.Name, todo = _run.Current?.Todo })));
        _application.MapFallback("{**path}", PassAsync);
    }

    /// <summary>Where the vendor's system is to be pointed at.</summary>
    public string Address => _application.Urls.First();

    /// <param name="intake">The sandbox's.</param>
    /// <param name="token">Makes a token of the agency.</param>
    /// <param name="run">What is played.</param>
    /// <param name="listen">Where it listens; null for a free port of this machine.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<Front> StartAsync(Uri intake, Func<string> token, ConformanceRun run, Uri? listen, CancellationToken cancellationToken)
    {
        var front = new Front(intake, token, run, listen);
        await front._application.StartAsync(cancellationToken);
        return front;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _intake.Dispose();
    }

    private async Task PassAsync(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var exchange = new Exchange
        {
            Method = context.Request.Method,
            Path = context.Request.Path,
            Query = context.Request.Query.ToDictionary(parameter => parameter.Key, parameter => parameter.Value.ToString()),
            Key = context.Request.Headers["Idempotency-Key"],
            Token = context.Request.Headers.Authorization,
            Sent = await reader.ReadToEndAsync(context.RequestAborted),
            At = TimeProvider.System.GetUtcNow(),
        };
        exchange = exchange with { Disturbance = _run.Arrived(exchange) };
        exchange = exchange.Disturbance switch
        {
            { Status: { } status } played => exchange with { Status = status, Answered = await RefuseAsync(context, played) },
            { } => await ForwardAsync(context, exchange, answers: false),
            null => await ForwardAsync(context, exchange, answers: true),
        };
        if (exchange.Disturbance == Disturbance.AnswerLost)
            context.Abort();
        _run.Answered(exchange with { EndedAt = TimeProvider.System.GetUtcNow() });
    }

    /// <summary>Answers as intake would.</summary>
    private static async Task<string> RefuseAsync(HttpContext context, Disturbance played)
    {
        var problem = new Dictionary<string, object?>
        {
            ["type"] = "/problems/" + played.Problem,
            ["title"] = char.ToUpperInvariant(played.Problem[0]) + played.Problem[1..].Replace('-', ' '),
            ["status"] = played.Status,
            ["detail"] = played.Detail,
        };
        if (played.Errors is not null)
            problem["errors"] = played.Errors;
        var text = JsonSerializer.Serialize(problem);
        context.Response.StatusCode = played.Status!.Value;
        context.Response.ContentType = "application/problem+json";
        foreach (var (name, value) in played.Headers ?? new Dictionary<string, string>())
            context.Response.Headers[name] = value;
        await context.Response.WriteAsync(text, context.RequestAborted);
        return text;
    }

    private async Task<Exchange> ForwardAsync(HttpContext context, Exchange exchange, bool answers)
    {
        using var request = new HttpRequestMessage(new HttpMethod(exchange.Method), new Uri(_address, context.Request.Path + context.Request.QueryString));
        if (exchange.Sent.Length > 0)
        {
            request.Content = new StringContent(exchange.Sent);
            request.Content.Headers.Clear();
        }

        foreach (var (name, values) in context.Request.Headers.Where(header => !OfTheConnection.Contains(header.Key)))
            if (!request.Headers.TryAddWithoutValidation(name, values.AsEnumerable()))
                request.Content?.Headers.TryAddWithoutValidation(name, values.AsEnumerable());
        using var answer = await _intake.SendAsync(request, CancellationToken.None);
        var text = await answer.Content.ReadAsStringAsync(CancellationToken.None);
        if (answers)
        {
            context.Response.StatusCode = (int)answer.StatusCode;
            foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(header => !OfTheConnection.Contains(header.Key)))
                context.Response.Headers[name] = values.ToArray();
            await context.Response.WriteAsync(text, CancellationToken.None);
        }

        return exchange with { Status = (int)answer.StatusCode, Answered = text };
    }
}
