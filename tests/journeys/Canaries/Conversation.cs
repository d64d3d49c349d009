using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Journeys.Tests.Canaries;

/// <summary>What a service said.</summary>
internal sealed record Said(int Status, string Text)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>Calls services, by tokens whose <c>sub</c> is a text, and writes down, with status and headers, everything that anybody is answered, but for what the entitled read of a report.</summary>
internal sealed class Conversation(Installation installation, Mark canary, string file) : IAsyncDisposable
{
    private readonly HttpClient _http = LocalHttp.Client(TimeSpan.FromSeconds(60));
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly ConcurrentDictionary<int, int> _statuses = new();
    private readonly StreamWriter _writer = new(file);

    /// <summary>How often each status has come, for showing that what was provoked has happened.</summary>
    public IReadOnlyDictionary<int, int> Statuses => _statuses;

    /// <summary>Sends until a service takes or refuses it, as a client does while services are killed and databases are away.</summary>
    /// <param name="service">Who is called.</param>
    /// <param name="organization">Who calls; null without a token.</param>
    /// <param name="method">Of the request.</param>
    /// <param name="path">And query.</param>
    /// <param name="body">Made anew for every attempt; null without one.</param>
    /// <param name="headers">Further ones.</param>
    /// <param name="entitled">What is answered with success is for the caller's eyes and is not written down.</param>
    /// <param name="cancellation">Gives up.</param>
    public async Task<Said> SendAsync(ServiceProcess service, string? organization, HttpMethod method, string path, Func<HttpContent>? body, CancellationToken cancellation,
        IEnumerable<(string Name, string Value)>? headers = null, bool entitled = false)
    {
        while (true)
        {
            using var request = new HttpRequestMessage(method, new Uri(service.Address, path)) { Content = body?.Invoke() };
            if (organization is not null)
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _tokens.GetOrAdd(organization, o => installation.Keys.Token(o, subject: canary.PlantName("subject"))));
            foreach (var (name, value) in headers ?? [])
                request.Headers.TryAddWithoutValidation(name, value);
            try
            {
                using var answer = await _http.SendAsync(request, cancellation);
                var said = new Said((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(cancellation));
                if (!entitled || !said.IsSuccess)
                    Write(said, answer);
                if (said.Status is < 500 and not 429)
                    return said;
            }
            catch (HttpRequestException)
            {
                // Killed in between, or not up again yet.
            }
            await Task.Delay(100, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _writer.DisposeAsync();
    }

    private void Write(Said said, HttpResponseMessage answer)
    {
        _statuses.AddOrUpdate(said.Status, 1, (_, count) => count + 1);
        lock (_writer)
        {
            _writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{said.Status}\n{answer.Headers}{answer.Content.Headers}\n{said.Text}"));
            _writer.Flush();
        }
    }
}
