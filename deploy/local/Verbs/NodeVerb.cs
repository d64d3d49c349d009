using System.CommandLine;
using System.Diagnostics;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;
using SafeHarbor.Local.Tls;
using SafeHarbor.Local.Tokens;

namespace SafeHarbor.Local.Verbs;

/// <summary>A county's own node beside what is up (docs/running-a-county-node.md).</summary>
internal static class NodeVerb
{
    public static Command Create(Checkout checkout)
    {
        var command = new Command("node", "A county's own node beside what is up: it keeps the county's handoffs, in a database and with a broker user of its own.");
        var county = new Option<string>("--county") { Description = "The county's FIPS code, such as 06037.", Required = true };
        var up = new Command("up", "Starts the county's node, waits until it has taken over what is under way, and says what that was. Again, it goes on where it was.") { county };
        up.SetAction((arguments, cancellationToken) => AskAsync(checkout, arguments.GetValue(county)!, (plan, node) => UpAsync(plan, node, checkout, cancellationToken), cancellationToken));
        var back = new Option<bool>("--give-back") { Description = "First gives everything back to the statewide system, which keeps the county's handoffs from then on." };
        var down = new Command("down", "Stops the county's node. What comes for the county waits in the node's queue until 'node up', unless it gives the county back.") { county, back };
        down.SetAction((arguments, cancellationToken) => AskAsync(checkout, arguments.GetValue(county)!, (plan, node) => DownAsync(plan, node, checkout, arguments.GetValue(back), cancellationToken), cancellationToken));
        command.Add(up);
        command.Add(down);
        return command;
    }

    /// <summary>The node of a county of the state.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    internal static Node NodeOf(string county) => HomeState.Current.Counties.FirstOrDefault(known => known.Fips.Text == county) is { } found
        ? new(county, [found.Organization])
        : throw new FormatException($"'{county}' is no county of {HomeState.Current.Name}: give its FIPS code, such as {HomeState.Current.Counties[0].Fips}. GET /v1/counties lists them.");

    private static async Task<int> AskAsync(Checkout checkout, string county, Func<InstallationPlan, Node, Task<string>> ask, CancellationToken cancellationToken)
    {
        var node = NodeOf(county);
        if (InstallationRecord.Read(InstallationPlan.DirectoryOf(checkout)) is not { IsRunning: true } record)
        {
            await Console.Error.WriteLineAsync("Nothing is up: start it with './safeharbor up --detach'.");
            return 1;
        }
        var home = ServerHome.OfCheckout(checkout) with { Authority = record.IsOnTls ? DevelopmentAuthority.OfCheckout(checkout) : null };
        var servers = await ServerPair.FindRunningAsync(home, cancellationToken) ?? throw new ServersUnavailableException("The servers of what is up do not run: './safeharbor down', then './safeharbor up --detach'.");
        Console.WriteLine(await ask(InstallationPlan.OfCheckout(checkout, servers, record.IsSandbox), node));
        return 0;
    }

    private static async Task<string> UpAsync(InstallationPlan plan, Node node, Checkout checkout, CancellationToken cancellationToken)
    {
        if (InstallationRecord.Read(plan.Directory)!.Node(node.Service) is { Address: { } known })
            return $"{node.Service} is up at {known.GetLeftPart(UriPartial.Authority)}; './safeharbor node down --county {node.Name}' ends it.";
        Console.WriteLine($"Making {node.Service}'s database and its broker user, and starting it ...");
        var waited = Stopwatch.StartNew();
        var installation = new NodeInstallation(plan, DevelopmentKeys.OfCheckout(checkout), node);
        var running = await installation.StartAsync(keeps: true, cancellationToken);
        var kept = await installation.KeepsAsync(cancellationToken);
        return $"""
            {node.Service} keeps the handoffs of {node.Organizations[0]}: {kept} that were there, and whatever comes. Ready after {waited.Elapsed.TotalSeconds:0} s.
              its API         {running.Address!.GetLeftPart(UriPartial.Authority)}, with the same tokens: ./safeharbor token --org {node.Organizations[0]}
              its log         {Path.Combine(plan.Directory, node.Service + ".log")}
              its database    {plan.DatabaseOf(node)}
              its broker user {plan.BrokerUserOf(node)}
            """;
    }

    private static async Task<string> DownAsync(InstallationPlan plan, Node node, Checkout checkout, bool givesBack, CancellationToken cancellationToken)
    {
        if (InstallationRecord.Read(plan.Directory)!.Node(node.Service) is { } running)
            await running.Process.StopAsync(TimeSpan.FromSeconds(30));
        else if (!givesBack)
            return $"{node.Service} does not run.";
        Forget(plan, node);
        if (!givesBack)
            return $"{node.Service} is down. It still keeps the county's handoffs: what comes for them waits in its queue, and no timer fires, until './safeharbor node up --county {node.Name}'.";
        if (!await Database.ExistsAsync(plan.Servers.Postgres, plan.DatabaseOf(node), cancellationToken))
            return $"{node.Service} keeps nothing: it never was up.";

        Console.WriteLine("Giving the county's handoffs back ...");
        var installation = new NodeInstallation(plan, DevelopmentKeys.OfCheckout(checkout), node);
        do
        {
            var giving = await installation.StartAsync(keeps: false, cancellationToken);
            await installation.WaitUntilLeftAsync(cancellationToken);
            await giving.Process.StopAsync(TimeSpan.FromSeconds(30));
        }
        // What came in the last moment is passed on, too.
        while (!await NodeQueue.IsEmptyAsync(plan.Servers.RabbitMqManagement, plan.VirtualHostName, node, cancellationToken));
        await NodeQueue.DeleteAsync(plan.Servers.RabbitMqManagement, plan.VirtualHostName, node, cancellationToken);
        await BrokerUser.DeleteAsync(plan.Servers.RabbitMqManagement, plan.BrokerUserOf(node), cancellationToken);
        Forget(plan, node);
        return $"The statewide system keeps the handoffs of {node.Organizations[0]} again: {await installation.GaveBackAsync(cancellationToken)} were given back. {node.Service} is down, and its queue and broker user are gone; its database stays, with its ledger.";
    }

    private static void Forget(InstallationPlan plan, Node node) => InstallationRecord.Read(plan.Directory)!.Without(node.Service).Write(plan.Directory);
}
