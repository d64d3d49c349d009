using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Servers;

/// <summary>A pair of its own, because it is broken.</summary>
public sealed class OwnServerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_that_were_killed_come_back_on_the_same_ports_with_what_they_held()
    {
        await using var pair = await ServerPair.StartOwnAsync(ServerHome.ForTests(Checkout.Find()), _ => { }, Cancelled);
        var database = await Database.CreateAsync(pair.Postgres, "kept", Cancelled);
        await VirtualHost.CreateAsync(pair.RabbitMq, pair.RabbitMqManagement, "kept", Cancelled);

        await pair.OwnPostgres.StopImmediatelyAsync();
        await pair.OwnRabbitMq.KillAsync();
        (await Database.AnswersAsync(database.Service, Cancelled)).ShouldBeFalse();
        (await VirtualHost.AnswersAsync(pair.RabbitMqManagement, Cancelled)).ShouldBeFalse();
        await Task.WhenAll(pair.OwnPostgres.StartAgainAsync(Cancelled), pair.OwnRabbitMq.StartAgainAsync(Cancelled));

        (await Database.AnswersAsync(database.Service, Cancelled)).ShouldBeTrue();
        (await pair.RabbitMqControl.RunAsync(Cancelled, "list_vhosts")).ShouldContain("kept");
    }

    [Fact]
    public async Task What_others_run_is_not_to_be_broken()
    {
        var pair = await TestServers.Servers.GetAsync(Cancelled);
        if (pair.IsShared)
            Should.Throw<InvalidOperationException>(() => pair.OwnPostgres).Message.ShouldContain("not started by this program");
        else
            pair.OwnPostgres.IsRunning.ShouldBeTrue();
    }
}
