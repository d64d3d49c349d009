using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace SafeHarbor.ServiceDefaults.Tests;

/// <summary>A real service of this process, listening at a port of its own, made of the service defaults and the endpoints that a test maps.</summary>
internal sealed class TestService : IAsyncDisposable
{
    private readonly WebApplication _app;

    private TestService(WebApplication app, Tokens tokens, Recorder log)
    {
        _app = app;
        Tokens = tokens;
        Log = log;
        Address = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Address };
    }

    public Tokens Tokens { get; }

    public Recorder Log { get; }

    public Uri Address { get; }

    public HttpClient Client { get; }

    public static async Task<TestService> Start(
        Action<WebApplication>? map = null,
        Action<WebApplicationBuilder>? configure = null,
        string environment = "Development",
        params (string Key, string? Value)[] settings)
    {
        var tokens = new Tokens();
        var log = new Recorder();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["urls"] = "http://127.0.0.1:0",
            ["Authentication:DevelopmentKeyFile"] = tokens.PublicKeyFile,
        });
        builder.Configuration.AddInMemoryCollection(settings.ToDictionary(setting => setting.Key, setting => setting.Value));
        builder.AddServiceDefaults("sample");
        builder.Logging.ClearProviders().AddProvider(log);
        configure?.Invoke(builder);
        var app = builder.Build();
        try
        {
            app.UseServiceDefaults();
            map?.Invoke(app);
            await app.StartAsync(TestContext.Current.CancellationToken);
            return new TestService(app, tokens, log);
        }
        catch
        {
            tokens.Dispose();
            await app.DisposeAsync();
            throw;
        }
    }

    public T Get<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Sends with a token that may do everything, unless another one (or, with "", none) is given.</summary>
    public Task<HttpResponseMessage> Send(HttpMethod method, string path, HttpContent? body = null, string? token = null)
    {
        var request = new HttpRequestMessage(method, path) { Content = body };
        token ??= Tokens.Issue();
        if (token.Length > 0)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Client.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public Task<HttpResponseMessage> Get(string path, string? token = null) => Send(HttpMethod.Get, path, null, token);

    public async Task<int> StatusAsync(string token, string path = "/v1/me")
    {
        using var answer = await Get(path, token);
        return (int)answer.StatusCode;
    }

    public Task<HttpResponseMessage> Post(string path, string json) => Send(HttpMethod.Post, path, new StringContent(json, Encoding.UTF8, "application/json"));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        Tokens.Dispose();
    }

    /// <summary>Everything that was logged, with the text of exceptions as a console would print it.</summary>
    internal sealed class Recorder : ILoggerProvider, ILogger
    {
        private readonly ConcurrentQueue<string> _lines = new();

        public string Text => string.Join('\n', _lines);

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            _lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
