using SafeHarbor.Local.Processes;

namespace SafeHarbor.Journeys.Tests;

/// <summary>intake on a broker where no other service has ever started.</summary>
public sealed class EmptyBrokerTests
{
    [Fact]
    public async Task Reports_accepted_before_any_other_service_ever_ran_all_arrive_when_the_others_first_come_up()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var world = new World { StartsWith = [ServiceKind.Intake] };
        await world.InitializeAsync();
        try
        {
            var receipts = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => world.ReportAsync(SampleEncounters.At(SampleEncounters.LosAngeles, "ADVOCATE"), cancellation)));
            for (var i = 0; i < 300 && (await world.QueryAsync("intake", "select count(*) from outbox", cancellation))[0] != "0"; i++)
                await Task.Delay(100, cancellation);
            (await world.QueryAsync("intake", "select count(*) from outbox", cancellation)).ShouldBe(["0"], "everything has left for the broker");
            var others = ServiceKind.All.Except([ServiceKind.Intake]).Select(kind => world.Installation[kind]).ToList();
            others.ShouldAllBe(service => !service.IsRunning);

            await Task.WhenAll(others.Select(service => service.StartAsync(cancellation)));
            await world.PeopleArriveAsync(cancellation);

            foreach (var receipt in receipts)
                await world.TimelineAsync(receipt.GetProperty("encounterId").GetString()!, t => t.Any(e => e.Type == "handoff.opened.v1"), "the report reaches its county", cancellation);
        }
        finally
        {
            await world.DisposeAsync();
        }
    }
}
