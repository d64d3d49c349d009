using Microsoft.Extensions.Options;
using SafeHarbor.Local;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Endpoints;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>What <c>docs/integrate/webhooks.md</c> promises to receivers is what is done.</summary>
public sealed class WebhookPageTests
{
    private static readonly AttemptResult Refused = new(500, null, TimeSpan.Zero);
    private readonly string _page = File.ReadAllText(Path.Combine(Checkout.Find().Root, "docs/integrate/webhooks.md"));
    private readonly DeliverySettings _settings = new();

    [Fact]
    public void The_waits_between_attempts_are_the_schedules()
    {
        var schedule = new Schedule(Options.Create(_settings));
        string Wait(int failures) => Written(schedule.Next(failures, TimeSpan.Zero, Refused, jitter: 0)!.Value);
        var last = Enumerable.Range(1, 20).First(failures => Wait(failures) == Wait(failures + 1));

        Holds("| failed attempt | the next one after |\n|---|---|\n" + string.Concat(Enumerable.Range(1, last - 1).Select(failures => $"| {failures} | {Wait(failures)} |\n"))
            + $"| later | {Wait(last)} |\n| {_settings.GiveUpAfter.Days} days after the first | given up |\n");
        Holds($"the next attempt is then, but after {Written(schedule.Next(1, TimeSpan.Zero, new(503, null, TimeSpan.Zero, TimeSpan.FromDays(1)), jitter: -1)!.Value)} at the latest");
    }

    [Fact]
    public void So_are_the_time_to_answer_and_what_comes_at_once()
    {
        Holds($"| 2xx within {Written(_settings.Timeout)} | delivered |");
        Holds($"none within {Written(_settings.Timeout)};");
        Holds($"At most {_settings.ConcurrencyPerEndpoint} attempts are under way to one endpoint");
        Holds($"at most {RecoverEndpoint.Most} at once");
    }

    [Fact]
    public void And_how_long_a_replaced_secret_signs() => Holds($"signs beside the new one for {RotateSecret.Overlap.TotalHours} h");

    private void Holds(string promise) => _page.ShouldContain(promise);

    private static string Written(TimeSpan time) => time switch
    {
        { TotalHours: >= 1 } => $"{time.TotalHours} h",
        { TotalMinutes: >= 1 } => $"{time.TotalMinutes} min",
        _ => $"{time.TotalSeconds} s",
    };
}
