using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>An OpenTelemetry collector that writes what it gets to a file, as it came.</summary>
internal sealed class Collector : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly SemaphoreSlim _writing = new(1);
    private readonly ConcurrentDictionary<(string Service, string Signal), bool> _heard = new();
    private FileStream? _file;

    private Collector()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.MapPost("/v1/{signal}", KeepAsync);
    }

    public string Address => _application.Urls.First();

    public static async Task<Collector> StartAsync(CancellationToken cancellation)
    {
        var collector = new Collector();
        await collector._application.StartAsync(cancellation);
        return collector;
    }

    /// <summary>What comes before is refused, and not kept.</summary>
    public void KeepIn(string file) => _file = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read);

    /// <summary>Waits until every service has told its traces, metrics and logs.</summary>
    public async Task UntilHeardFromAllAsync(CancellationToken cancellation)
    {
        var expected = ServiceKind.All.SelectMany(kind => new[] { "traces", "metrics", "logs" }, (kind, signal) => (kind.Name, signal)).ToList();
        for (var i = 0; i < 300 && !expected.All(_heard.ContainsKey); i++)
            await Task.Delay(100, cancellation);
        expected.Except(_heard.Keys).ShouldBeEmpty("every service exports its telemetry");
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        if (_file is not null)
            await _file.DisposeAsync();
        _writing.Dispose();
    }

    private async Task<IResult> KeepAsync(HttpContext context, string signal)
    {
        if (_file is null)
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var name = Encoding.Latin1.GetString(body.GetBuffer(), 0, (int)Math.Min(body.Length, 1000));
        foreach (var kind in ServiceKind.All.Where(kind => name.Contains(kind.Name, StringComparison.Ordinal)))
            _heard[(kind.Name, signal)] = true;
        await _writing.WaitAsync(context.RequestAborted);
        try
        {
            await _file.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), context.RequestAborted);
            await _file.FlushAsync(context.RequestAborted);
        }
        finally
        {
            _writing.Release();
        }
        return Results.Ok();
    }
}
