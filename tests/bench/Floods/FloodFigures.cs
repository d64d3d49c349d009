using System.Diagnostics;
using System.Net.Http.Json;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Load;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Bench.Floods;

/// <summary>Reports under one flood, or none.</summary>
/// <param name="Kind">What the flood does; null for none.</param>
/// <param name="Connections">How many connections it had made at the end.</param>
/// <param name="Reports">How many were sent, each over a connection of its own.</param>
/// <param name="Taken">How many were answered with 201.</param>
/// <param name="Ms">From the connecting to the receipt.</param>
internal sealed record UnderFlood(FloodKind? Kind, int Connections, int Reports, int Taken, Percentiles Ms);

/// <summary>How long an officer's report takes while somebody else, at another address, holds as many connections to intake as he can.</summary>
internal static class FloodFigures
{
    private const int PerSecond = 10;
    private const string Officer = "127.0.0.2";

    public static async Task<IReadOnlyList<UnderFlood>> MeasureAsync(Settings settings, Action<string> say, CancellationToken cancellation)
    {
        var checkout = Checkout.Find();
        await using var servers = await ServerPair.FindOrStartAsync(ServerHome.ForTests(checkout), say, cancellation);
        say(servers.Origin);
        await using var installation = await Installation.StartAsync(InstallationPlan.ForTests(checkout, servers) with { StartedAtOnce = [ServiceKind.Intake] }, cancellation);
        say($"Warming up for {settings.WarmUp.TotalSeconds} s ...");
        await ReportAsync(installation, settings.WarmUp, cancellation);
        var figures = new List<UnderFlood>();
        foreach (var kind in new FloodKind?[] { null, FloodKind.Silent, FloodKind.Idle })
        {
            say($"{(kind is null ? "No flood" : $"{settings.Flood} connections, {kind}")}, {settings.Latency.TotalSeconds} s ...");
            var flood = kind is { } some ? FloodProcess.Start(installation.Intake.Address, some, settings.Flood) : null;
            var answers = await ReportAsync(installation, settings.Latency, cancellation);
            if (flood is not null)
                await flood.DisposeAsync();
            figures.Add(new(kind, flood?.Opened ?? 0, answers.Length, answers.Count(answer => answer.IsTaken), Percentiles.Of(answers.Select(answer => answer.Time))));
        }

        return figures;
    }

    private static async Task<(bool IsTaken, TimeSpan Time)[]> ReportAsync(Installation installation, TimeSpan duration, CancellationToken cancellation)
    {
        using var http = new HttpClient(Elsewhere.From(Officer, TimeSpan.Zero)) { BaseAddress = installation.Intake.Address, Timeout = TimeSpan.FromSeconds(15) };
        http.DefaultRequestHeaders.Authorization = new("Bearer", installation.Keys.Token(SafeHarbor.Load.Officer.Organization));
        var (began, sent) = (Stopwatch.GetTimestamp(), new List<Task<(bool, TimeSpan)>>());
        while (sent.Count < duration.TotalSeconds * PerSecond)
        {
            var wait = TimeSpan.FromSeconds((double)sent.Count / PerSecond) - Stopwatch.GetElapsedTime(began);
            if (wait > TimeSpan.Zero)
                await Task.Delay(wait, cancellation);
            sent.Add(SendAsync(http, cancellation));
        }

        return await Task.WhenAll(sent);
    }

    private static async Task<(bool, TimeSpan)> SendAsync(HttpClient http, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/encounters") { Content = JsonContent.Create(ReportKind.Plain.NewEncounter()) };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
        var began = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await http.SendAsync(request, cancellation);
            return (answer.IsSuccessStatusCode, Stopwatch.GetElapsedTime(began));
        }
        catch (Exception e) when (e is HttpRequestException || e is OperationCanceledException && !cancellation.IsCancellationRequested)
        {
            return (false, Stopwatch.GetElapsedTime(began));
        }
    }
}
