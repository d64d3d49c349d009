using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Requests that come together share a transaction, and each of them still gets its own answer.</summary>
public sealed class RequestCommitTests : MessagingTest
{
    internal static readonly TimeSpan Soon = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Requests_that_come_together_commit_together()
    {
        await using var service = await Start(_ => { });
        await CommitAsync(service, Guid.NewGuid());
        var before = await CommitsAsync(service);

        (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CommitAsync(service, Guid.NewGuid())))).ShouldAllBe(conflict => conflict == null);

        (await service.ScalarAsync<long>("select count(*) from notes", Cancellation)).ShouldBe(51);
        (await CommitsAsync(service) - before).ShouldBeLessThan(25);
    }

    [Fact]
    public async Task Of_requests_that_come_together_the_one_that_was_second_learns_it_and_the_others_commit()
    {
        await using var service = await Start(_ => { });
        var ids = Enumerable.Range(0, 50).Select(_ => Guid.NewGuid()).ToArray();
        await CommitAsync(service, ids[17]);

        var conflicts = await Task.WhenAll(ids.Select(id => CommitAsync(service, id)));

        conflicts.Index().Where(c => c.Item is not null).ShouldHaveSingleItem().ShouldBe((17, "notes_pkey"));
        (await service.ScalarAsync<long>("select count(*) from notes", Cancellation)).ShouldBe(50);
    }

    [Fact]
    public async Task Commands_and_messages_that_meet_at_the_same_sagas_have_each_effect_once()
    {
        await using var service = await Start(Both);
        var errands = await OpenedAsync(service, 50);

        var publishing = errands.SelectMany(e => Enumerable.Repeat(e, 3)).Chunk(10).Select(chunk => Publish(service, chunk)).ToList();
        var commands = errands.SelectMany(e => Enumerable.Range(0, 2).Select(_ => CheckAsync(service, e.HandoffId))).ToList();
        await Task.WhenAll(publishing);

        (await Task.WhenAll(commands)).ShouldAllBe(r => r.Outcome == CommandOutcome.Done);
        await service.EventuallyAsync("select count(*) from errands where seen = 204", n => n == 50, "one that opened, three that came again, two commands", Cancellation);
        (await service.ScalarAsync<long>("select count(*) from parked", Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task Commands_that_are_not_found_not_allowed_or_no_longer_waited_for_hold_up_nobody()
    {
        await using var service = await Start(Both);
        var errands = await OpenedAsync(service, 40);
        (await service.Services.GetRequiredService<SagaCommands<ErrandMachine, Errand>>()
            .RaiseAsync(errands[0].HandoffId, m => m.Finish, new FinishErrand(errands[0].HandoffId), _ => true, TestService.OnLedger, Cancellation)).Outcome.ShouldBe(CommandOutcome.Done);
        using var gone = new CancellationTokenSource();

        var impatient = errands.Skip(20).Select(e => CheckAsync(service, e.HandoffId, cancellation: gone.Token)).ToList();
        var notAllowed = CheckAsync(service, errands[0].HandoffId);
        var unknown = CheckAsync(service, Guid.NewGuid());
        var hidden = CheckAsync(service, errands[1].HandoffId, mayAct: false);
        var done = errands.Skip(2).Take(18).Select(e => CheckAsync(service, e.HandoffId)).ToList();
        await gone.CancelAsync();

        (await notAllowed.WaitAsync(Soon, Cancellation)).Outcome.ShouldBe(CommandOutcome.NotAllowed);
        (await unknown.WaitAsync(Soon, Cancellation)).Outcome.ShouldBe(CommandOutcome.NotFound);
        (await hidden.WaitAsync(Soon, Cancellation)).Outcome.ShouldBe(CommandOutcome.NotFound);
        (await Task.WhenAll(done).WaitAsync(Soon, Cancellation)).ShouldAllBe(r => r.Outcome == CommandOutcome.Done);
        await Task.WhenAll(impatient).ContinueWith(_ => { }, Cancellation, TaskContinuationOptions.None, TaskScheduler.Default).WaitAsync(Soon, Cancellation);
        (await CheckAsync(service, errands[39].HandoffId).WaitAsync(Soon, Cancellation)).Outcome.ShouldBe(CommandOutcome.Done);
    }

    internal static Task<string?> CommitAsync(TestService service, Guid id)
    {
        var unit = new UnitOfWork();
        unit.Add(new Note { Id = id, About = id, Text = "requested" });
        return service.Store.CommitAsync(unit, Cancellation);
    }

    internal static Task<CommandResult<Errand>> CheckAsync(TestService service, Guid id, bool mayAct = true, CancellationToken? cancellation = null) =>
        service.Services.GetRequiredService<SagaCommands<ErrandMachine, Errand>>()
            .RaiseAsync(id, m => m.Check, new CheckErrand(id), _ => mayAct, TestService.OnLedger, cancellation ?? Cancellation);

    internal static async Task<HandoffOpened[]> OpenedAsync(TestService service, int count)
    {
        var opened = Enumerable.Range(0, count).Select(_ => Sample.Opened()).ToArray();
        await Publish(service, opened);
        await service.EventuallyAsync("select count(*) from errands", n => n == count, "all have started", Cancellation);
        return opened;
    }
}
