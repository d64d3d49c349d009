using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Verbs;

/// <summary>An operator's way to messages that could not be handled or sent, over each service's <c>/v1/parked</c>.</summary>
internal static class ParkedVerb
{
    public static Command Create(Checkout checkout)
    {
        var state = new Option<string>("--state") { Description = "PARKED, REDRIVEN or DISCARDED.", DefaultValueFactory = _ => "PARKED" };
        var json = Json.Option();
        var list = new Command("list", "What is parked, in every service.") { state, json };
        list.SetAction((arguments, cancellation) => WhatIsUp.AskAsync(checkout, api => ListAsync(api, arguments.GetValue(state)!, arguments.GetValue(json), cancellation)));
        return new Command("parked", "Messages that could not be handled or sent. They wait here until somebody decides; none expires.")
        {
            list,
            OneMessage(checkout, "show", "One of them; texts and numbers of its body are blanked.", async (api, message, cancellation) =>
                Console.WriteLine(Json.Of(await api.GetAsync(message.Service, PublicApi.Operator, message.Path, cancellation)))),
            OneMessage(checkout, "redrive", "Sends one again, to where it was going. Doing it twice sends it once.", (api, message, cancellation) => SettleAsync(api, message, "redrive", cancellation)),
            OneMessage(checkout, "discard", "Gives one up for good; who did so is kept.", (api, message, cancellation) => SettleAsync(api, message, "discard", cancellation)),
        };
    }

    private static Command OneMessage(Checkout checkout, string verb, string description, Func<PublicApi, ParkedMessage, CancellationToken, Task> act)
    {
        var message = new Argument<string>("message") { Description = "As 'parked list' names it: SERVICE/NUMBER." };
        var command = new Command(verb, description) { message };
        command.SetAction((arguments, cancellation) => WhatIsUp.AskAsync(checkout, api => act(api, ParkedMessage.Parse(arguments.GetValue(message)!), cancellation)));
        return command;
    }

    private static async Task ListAsync(PublicApi api, string state, bool json, CancellationToken cancellation)
    {
        if (json)
        {
            var all = new Dictionary<string, JsonElement[]>();
            foreach (var service in ServiceKind.All)
                all[service.Name] = await api.ParkedAsync(service, state, cancellation).ToArrayAsync(cancellation);
            Console.WriteLine(Json.Of(all));
            return;
        }

        var found = 0;
        foreach (var service in ServiceKind.All)
            await foreach (var message in api.ParkedAsync(service, state, cancellation))
            {
                if (found++ == 0)
                    Console.WriteLine($"{"message",-24}{"type",-32}{"to",-40}{"error",-28}parked at");
                Console.WriteLine(Line(service.Name, message));
            }

        Console.WriteLine(found == 0 ? "Nothing is parked." : $"{found} in all. 'parked show MESSAGE' shows one, 'redrive' sends it again, 'discard' gives it up.");
    }

    /// <summary>One line of the list. What was parked may come from anybody who reached the broker: nothing of it commands the terminal.</summary>
    internal static string Line(string service, JsonElement message)
    {
        var line = $"{$"{service}/{message.Text("parkedId")}",-24}{message.Text("type"),-32}{message.Text("destination"),-40}{message.Text("error"),-28}{message.Text("parkedAt")}";
        return string.Concat(line.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) is UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator ? '�' : c));
    }

    private static async Task SettleAsync(PublicApi api, ParkedMessage message, string verb, CancellationToken cancellation)
    {
        var settled = await api.PostAsync(message.Service, PublicApi.Operator, $"{message.Path}/{verb}", new { }, cancellation);
        Console.WriteLine($"{message.Service.Name}/{message.Number} is {settled.Text("state")?.ToLowerInvariant()}.");
    }

    private sealed record ParkedMessage(ServiceKind Service, long Number)
    {
        public string Path => $"/v1/parked/{Number}";

        public static ParkedMessage Parse(string text) => text.Split('/') is [var name, var number] && long.TryParse(number, out var id)
            && ServiceKind.All.FirstOrDefault(kind => kind.Name == name) is { } service
            ? new(service, id)
            : throw new FormatException($"'{text}' is no parked message: use SERVICE/NUMBER as 'parked list' shows it, for example intake/12.");
    }
}
