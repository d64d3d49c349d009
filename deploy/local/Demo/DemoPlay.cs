using System.Diagnostics;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Demo;

/// <summary>Plays the sample journeys one after the other, over the public APIs alone.</summary>
internal static class DemoPlay
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <returns>0 when every journey reached its end.</returns>
    public static async Task<int> RunAsync(InstallationRecord installation, DevelopmentKeys keys, CancellationToken cancellationToken)
    {
        using var api = new PublicApi(installation.AddressOf, keys);
        var overTls = installation.AddressOf(ServiceKind.Notification).Scheme == Uri.UriSchemeHttps;
        var certificate = overTls ? DevelopmentAuthority.OfCheckout(Checkout.Find()).Server("webhooks") : null;
        await using var receiver = await WebhookReceiver.StartAsync(certificate, cancellationToken);
        using var playing = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var actors = new Actors(api, receiver);
        try
        {
            foreach (var node in (installation.Nodes ?? []).Where(node => node.Process.IsRunning))
                Console.WriteLine($"{node.Name} keeps its county's handoffs: the county is told to read them at {node.Address}, and answers there.");
            await actors.RegisterAsync(cancellationToken);
            var answering = actors.AnswerAsync(playing.Token);
            var reached = 0;
            foreach (var (number, journey) in DemoFile.OfHome.Journeys.Index())
            {
                if (await PlayAsync(number + 1, journey, api, cancellationToken))
                    reached++;
                if (answering.IsFaulted)
                    await answering;
            }

            await playing.CancelAsync();
            await answering.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            Console.WriteLine($"{reached} of {DemoFile.OfHome.Journeys.Count} journeys reached their end.");
            return reached == DemoFile.OfHome.Journeys.Count ? 0 : 1;
        }
        catch (Exception failure) when (failure is DemoFailedException or HttpRequestException)
        {
            Console.WriteLine($"The demo cannot go on: {failure.Message}");
            return 1;
        }
        finally
        {
            await UnregisterAsync(actors);
        }
    }

    private static async Task<bool> PlayAsync(int number, Journey journey, PublicApi api, CancellationToken cancellationToken)
    {
        Console.WriteLine($"{Environment.NewLine}Journey {number}: {journey.Title}");
        var receipt = await api.PostAsync(
            ServiceKind.Intake, Cast.Officer, "/v1/encounters", journey.Encounter.Body(TimeProvider.System.GetUtcNow()), cancellationToken);
        var encounter = receipt.Text("encounterId") ?? throw new DemoFailedException($"A receipt without an encounterId: {receipt}");
        Console.WriteLine($"  encounter {encounter}");
        var timeline = new Timeline(api, encounter);
        var waited = Stopwatch.StartNew();
        while (!journey.End.All(step => step.IsMetBy(timeline.Entries)))
        {
            if (waited.Elapsed > Patience)
            {
                Console.WriteLine($"  Not reached: {string.Join(", ", journey.End.Where(step => !step.IsMetBy(timeline.Entries)))}");
                return false;
            }

            foreach (var entry in await timeline.ReadOnAsync(cancellationToken))
                Console.WriteLine(entry);
        }

        Console.WriteLine($"  Reached its end after {waited.Elapsed.TotalSeconds:0.0} s.");
        return true;
    }

    private static async Task UnregisterAsync(Actors actors)
    {
        try
        {
            await actors.UnregisterAsync(CancellationToken.None);
        }
        catch (Exception failure) when (failure is DemoFailedException or HttpRequestException)
        {
            Console.WriteLine($"An endpoint of the demo is still registered: {failure.Message}");
        }
    }
}
