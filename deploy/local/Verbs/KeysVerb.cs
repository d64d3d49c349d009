using System.CommandLine;
using SafeHarbor.Local.Demo;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

internal static class KeysVerb
{
    public static Command Create(Checkout checkout)
    {
        var command = new Command("keys", "Makes the development keys where they are missing, as 'up' does, and says where they are.");
        command.SetAction(_ => Console.WriteLine(Path.GetDirectoryName(DevelopmentKeys.OfCheckout(checkout).PublicKeyFile)));
        var json = Json.Option();
        var status = new Command("status", "Which version of the sealing key wraps how many report keys, as intake tells it.") { json };
        status.SetAction((arguments, cancellation) => WhatIsUp.AskAsync(checkout, api => StatusAsync(api, arguments.GetValue(json), cancellation)));
        var rotate = new Command("rotate", "Adds a sealing key that wraps from now on. What runs notices it and wraps every report key anew; nothing stops.");
        rotate.SetAction(_ =>
        {
            var keys = DevelopmentKeys.OfCheckout(checkout);
            keys.RotateSealingKey();
            Console.WriteLine($"{keys.SealingKeyFile} begins with a new key. 'keys status' says when the former ones wrap nothing; wait a minute more and take their lines away.");
        });
        command.Add(status);
        command.Add(rotate);
        return command;
    }

    private static async Task StatusAsync(PublicApi api, bool json, CancellationToken cancellation)
    {
        var state = await api.GetAsync(ServiceKind.Intake, PublicApi.Operator, "/v1/keys", cancellation);
        if (json)
        {
            Console.WriteLine(Json.Of(state));
            return;
        }

        var current = state.Text("current");
        Console.WriteLine($"{current} wraps. {state.Text("ahead")} keys are ready, {state.Text("destroyed")} were destroyed.");
        foreach (var under in state.GetProperty("wrapped").EnumerateArray())
            Console.WriteLine($"{under.Text("wrappedBy"),-40}{under.Text("keys"),12} keys{(under.Text("wrappedBy") == current ? "" : ", still to be wrapped anew: do not take this one away")}");
    }
}
