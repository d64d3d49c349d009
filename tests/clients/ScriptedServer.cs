using System.Collections.Concurrent;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SafeHarbor.Client.Tests;

/// <summary>A request as it came.</summary>
internal sealed record Received(string Method, string Target, IHeaderDictionary Headers, string Body)
{
    public string? Header(string name) => Headers.TryGetValue(name, out var value) ? value.ToString() : null;
}

/// <summary>A server that answers each request as the script says next, well or badly; the last line of the script goes on for ever.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly Queue<Func<HttpContext, Task>> _script;

    private ScriptedServer(IEnumerable<Func<HttpContext, Task>> script)
    {
        _script = new(script);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _application = builder.Build();
        _application.Run(async http =>
        {
            using var reader = new StreamReader(http.Request.Body);
            var body = await reader.ReadToEndAsync(http.RequestAborted);
            Func<HttpContext, Task> next;
            lock (_script)
                next = _script.Count > 1 ? _script.Dequeue() : _script.Peek();
            Requests.Enqueue(new(http.Request.Method, http.Request.Path + http.Request.QueryString, new HeaderDictionary(http.Request.Headers.ToDictionary()), body));
            await next(http);
        });
    }

    public ConcurrentQueue<Received> Requests { get; } = [];

    public Uri Address => new(_application.Urls.First());

    public static async Task<ScriptedServer> StartAsync(params Func<HttpContext, Task>[] script)
    {
        var server = new ScriptedServer(script);
        await server._application.StartAsync(TestContext.Current.CancellationToken);
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    public static Func<HttpContext, Task> Answers(int status, string json, params (string Name, string Value)[] headers) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.ContentType = status < 400 ? "application/json" : "application/problem+json";
        foreach (var (name, value) in headers)
            http.Response.Headers[name] = value;
        return http.Response.WriteAsync(json);
    };

    public static Func<HttpContext, Task> Refuses(int status, string name, params (string Name, string Value)[] headers) => Answers(status,
        $$"""{"type":"/problems/{{name}}","title":"Title","status":{{status}},"detail":"What to do.","traceId":"4bf92f3577b34da6a3ce929d0e0e4736"}""", headers);

    /// <summary>The connection is lost before anything is answered.</summary>
    public static Task HangsUp(HttpContext http)
    {
        http.Abort();
        return Task.CompletedTask;
    }

    /// <summary>The connection is lost in the middle of the answer.</summary>
    public static async Task BreaksOff(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = 1000;
        await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes("{"));
        await http.Response.Body.FlushAsync();
        http.Abort();
    }

    /// <summary>Nothing comes, until the other side has had enough.</summary>
    public static Task IsSilent(HttpContext http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
}
