using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Verbs;

/// <summary>Tries with a report of nobody whether somebody at a county would answer.</summary>
internal static class DrillVerb
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    public static Command Create(Checkout checkout)
    {
        var county = new Option<string>("--county") { Description = "Its FIPS: 06037.", Required = true };
        var within = new Option<int?>("--within") { Description = "Within how many minutes somebody there is to accept; 60 when it is left out." };
        var detach = new Option<bool>("--detach") { Description = "Does not wait for the end." };
        var command = new Command("drill", "Drills a county with a report of nobody, marked as a drill wherever it is shown; succeeds only when somebody there accepts in time.") { county, within, detach };
        command.SetAction(async (arguments, cancellation) =>
        {
            if (!CountyFips.TryParse(arguments.GetValue(county), out var fips))
                throw new FormatException($"'{arguments.GetValue(county)}' is no county. {CountyFips.Form}");
            var isAnswered = true;
            var exit = await WhatIsUp.AskAsync(checkout, async api => isAnswered = await DrillAsync(api, fips, arguments.GetValue(within), arguments.GetValue(detach), cancellation));
            return isAnswered ? exit : 1;
        });
        return command;
    }

    private static async Task<bool> DrillAsync(PublicApi api, CountyFips county, int? withinMinutes, bool detach, CancellationToken cancellation)
    {
        var organization = Organization.Of(county).Text;
        var drill = await api.PostAsync(ServiceKind.CountyRouting, organization, $"/v1/counties/{county}/drills", new { withinMinutes }, cancellation);
        var id = drill.Text("drillId");
        Console.WriteLine($"{county}: drill {id} runs until {At(drill, "endsAt"):yyyy-MM-dd HH:mm} UTC. Its handoff is {drill.Text("handoffId")}.");
        if (detach)
            return true;
        while (drill.Text("state") == "RUNNING")
        {
            await Task.Delay(LookEvery, cancellation);
            drill = await api.GetAsync(ServiceKind.CountyRouting, organization, $"/v1/drills/{id}", cancellation);
        }
        Console.WriteLine($"{county}: {drill.Text("state")}. {Told(drill)}");
        return drill.Text("state") == "ANSWERED";
    }

    private static string Told(JsonElement drill) => At(drill, "heardAt") is null
        ? "Nothing was heard of its handoff: it did not come to whoever keeps the county's handoffs, or that one is away. GET /v1/nodes says whether a node is silent."
        : string.Join("; ", new[] { ("delivered", "notifiedAt"), ("acknowledged", "acknowledgedAt"), ("accepted", "acceptedAt") }.Select(step => $"{step.Item1} {After(drill, step.Item2)}"))
            + $"; rungs of the ladder told: {drill.GetProperty("rungsTold").GetInt32()}.";

    private static string After(JsonElement drill, string member) => At(drill, member) is { } at ? $"after {(at - At(drill, "startedAt")!.Value).TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s" : "never";

    private static DateTimeOffset? At(JsonElement drill, string member) => drill.Text(member) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture) : null;
}
