using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Fuzz;

/// <summary>What a run has shown.</summary>
/// <param name="Sent">Requests.</param>
/// <param name="Answers">Different answers.</param>
/// <param name="Findings">What no service may do, with the file that has the request.</param>
internal sealed record FuzzResult(int Sent, int Answers, IReadOnlyList<string> Findings)
{
    public bool Passed => Findings.Count == 0;
}

/// <summary>One run: servers and services of its own, four senders, then the services' health and logs.</summary>
internal sealed class FuzzRun : IDisposable
{
    private const int AtOnce = 4;
    private const int MostFindings = 50;
    private const int LongestBody = 1024 * 1024;

    private readonly FuzzSettings _settings;
    private readonly Installation _installation;
    private readonly string _directory;
    private readonly Pool _pool;
    private readonly Attacks _attacks;
    private readonly IReadOnlyList<Door> _doors;
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(60) };
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly ConcurrentDictionary<string, string> _findings = new();
    private int _sent;

    private FuzzRun(FuzzSettings settings, Checkout checkout, Installation installation, string directory)
    {
        (_settings, _installation, _directory) = (settings, installation, directory);
        _doors = [.. Door.All(checkout).Where(door => settings.Only.Count == 0 || settings.Only.Any(part => door.Id.Contains(part, StringComparison.OrdinalIgnoreCase)))];
        _pool = new(checkout, _doors, settings.Keep);
        _attacks = new(_doors, _pool, TokenOf);
    }

    public static async Task<FuzzResult> RunAsync(FuzzSettings settings, Action<string> say, CancellationToken cancellation)
    {
        var checkout = Checkout.Find();
        await ServerPair.StopAbandonedAsync(checkout);
        await using var servers = await ServerPair.StartOwnAsync(ServerHome.ForTests(checkout), say, cancellation);
        var plan = InstallationPlan.ForTests(checkout, servers) with { Environment = new Dictionary<string, string?> { ["Limits__PerOrganization"] = "100000", ["Limits__PerAddress"] = "100000", ["Disclosure__WaitForGrant"] = "00:00:00.001" } };
        await using var installation = await Installation.StartAsync(plan, cancellation);
        using var run = new FuzzRun(settings, checkout, installation, plan.Directory);
        say(string.Create(CultureInfo.InvariantCulture, $"{run._doors.Count} operations, {settings.Seconds} s, seed {settings.Seed}; what is found is below {plan.Directory}"));
        await run.SendAsync(cancellation);
        await run.LookAsync(cancellation);
        var result = new FuzzResult(run._sent, run._pool.Answers, [.. run._findings.Select(f => $"{f.Key}: {f.Value}").Order(StringComparer.Ordinal)]);
        foreach (var finding in result.Findings)
            say(finding);
        say(string.Create(CultureInfo.InvariantCulture, $"{(result.Passed ? "PASSED" : "FAILED")}: {result.Sent} requests, {result.Answers} different answers, {result.Findings.Count} findings"));
        return result;
    }

    public void Dispose() => _http.Dispose();

    private async Task SendAsync(CancellationToken cancellation)
    {
        foreach (var door in _doors)
            foreach (var body in _pool.CorpusOf(door))
                await SendAsync(new(door, door.Callers[0], door.PathWith(_ => Guid.NewGuid().ToString()), [("Content-Type", "application/json")], body), cancellation);
        var clock = Stopwatch.StartNew();
        var number = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < TimeSpan.FromSeconds(_settings.Seconds) && _findings.Count < MostFindings)
                await SendAsync(_attacks.At(_settings.Seed, Interlocked.Increment(ref number)), cancellation);
        }, cancellation)));
    }

    private async Task SendAsync(Attack attack, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _sent);
        using var request = new HttpRequestMessage(attack.Door.Method, new Uri(_installation[attack.Door.Service].Address, attack.Target));
        if (attack.Body is not null)
            request.Content = new ByteArrayContent(attack.Body);
        if (attack.Caller is { } caller)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", TokenOf(caller));
        foreach (var (name, value) in attack.Headers)
        {
            if (name == "Authorization")
                request.Headers.Remove(name);
            if (!request.Headers.TryAddWithoutValidation(name, value))
                request.Content?.Headers.TryAddWithoutValidation(name, value);
        }
        var clock = Stopwatch.StartNew();
        try
        {
            using var answer = await _http.SendAsync(request, cancellation);
            var text = await answer.Content.ReadAsStringAsync(cancellation);
            if (Judge.Wrong((int)answer.StatusCode, answer.Content.Headers, text, clock.Elapsed) is { } wrong)
                Found(attack, wrong);
            _pool.Learn(attack, Judge.Kind((int)answer.StatusCode, text));
        }
        // Of a body that is too long the rest is not read.
        catch (HttpRequestException) when (attack.Body is { Length: > LongestBody })
        {
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            Found(attack, $"is not answered ({e.GetType().Name}: {e.InnerException?.Message ?? e.Message})");
        }
    }

    private void Found(Attack attack, string what)
    {
        var finding = $"{attack.Door.Id} {what}";
        var file = Path.Combine(_directory, string.Create(CultureInfo.InvariantCulture, $"found-{_findings.Count + 1}.txt"));
        if (_findings.TryAdd(finding, file))
            File.WriteAllText(file, attack.Text);
    }

    // A service that lives, parks nothing and has written no error has dealt with all of it.
    private async Task LookAsync(CancellationToken cancellation)
    {
        foreach (var kind in ServiceKind.All)
        {
            var service = _installation[kind];
            if (!service.IsRunning)
                _findings[$"{kind.Name} does not run any more"] = service.LogFile;
            else
                using (var health = await _http.GetAsync(new Uri(service.Address, "/health/live"), cancellation))
                    if (!health.IsSuccessStatusCode)
                        _findings[$"{kind.Name} is not healthy"] = service.LogFile;
            foreach (var line in File.ReadLines(service.LogFile).Where(line => line.Contains("Z fail: ", StringComparison.Ordinal) || line.Contains("Z crit: ", StringComparison.Ordinal))
                // What is said while it starts.
                .Where(line => !line.Contains("HealthChecks", StringComparison.Ordinal)).Take(3))
                _findings[$"{kind.Name} has written an error"] = line.Length > 300 ? line[..300] : line;
        }
    }

    private string TokenOf(string organization) => _tokens.GetOrAdd(organization, who => _installation.Keys.Token(who));
}
