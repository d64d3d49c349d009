using MassTransit;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>
/// Lets go of an organization's sagas, when a node asks for them or this node gives them back, and takes up what is handed over. Each step is one transaction: whoever is
/// killed in between goes on where it was, because what comes next is a message that has committed with what came before.
/// </summary>
internal sealed partial class KeepingConsumer<TMachine, TSaga>(
    TMachine machine, KeepingQueue<TSaga> queue, Keepers keepers, KeepingNews news, UnitStore store, TimeProvider time, ILogger<KeepingConsumer<TMachine, TSaga>> logger)
    : IConsumer<KeepingRequested>, IConsumer<LetGo>, IConsumer<KeepingHandedOver>
    where TMachine : MassTransitStateMachine<TSaga>, SagaStateMachine<TSaga> where TSaga : class, IKept
{
    /// <summary>Longer than any transaction of another instance that was open when everything was let go of.</summary>
    private static readonly TimeSpan SweepAfter = TimeSpan.FromMinutes(1);

    private readonly KeptSagas _sagas = new(store.TableOf<TSaga>());

    public Task Consume(ConsumeContext<KeepingRequested> context)
    {
        var (asked, unit) = (context.Message, context.UnitOfWork());
        unit.Put(new KeeperRow { Organization = asked.Organization, Keeper = Node.KeeperOf(asked.Organization), Link = asked.Link });
        unit.Send(queue.Name, new LetGo(asked.Organization));
        unit.AfterCommit(() => LogAsked(logger, asked.Organization, asked.Node));
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<LetGo> context)
    {
        var (command, unit) = (context.Message, context.UnitOfWork());
        unit.Read(connection => LetGoAsync(command, unit, connection, context.CancellationToken));
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<KeepingHandedOver> context)
    {
        var (message, unit) = (context.Message, context.UnitOfWork());
        var sagas = message.Sagas.Select(saga => (Saga: Known((TSaga)_sagas.Read(saga)), saga.Timers)).ToList();
        unit.Read(connection => TakeUpAsync(message, sagas, unit, connection, context.CancellationToken));
        return Task.CompletedTask;
    }

    private async Task LetGoAsync(LetGo command, UnitOfWork unit, NpgsqlConnection connection, CancellationToken cancellation)
    {
        var whose = command.Organization;
        // It may have come back meanwhile.
        if (await Keepers.FindAsync(connection, whose, cancellation) is not { } row || row.Keeper == keepers.OwnKey(whose))
            return;
        var sagas = await _sagas.LetGoAsync(connection, whose, row.Keeper, cancellation);
        var isLast = sagas.Count < KeptSagas.Batch;
        if (sagas.Count > 0 || !command.IsSweep)
            unit.Publish(new KeepingHandedOver { Organization = whose, Keeper = row.Keeper, Sagas = sagas, IsLast = isLast, At = time.GetUtcNow() });
        if (sagas.Count > 0)
            unit.Add(Entry(LedgerActions.KeepingLetGo, whose, row.Keeper, sagas.Count));
        if (!isLast)
            unit.Send(queue.Name, command);
        else if (!command.IsSweep)
            unit.StartTimer(queue.Name, SweepAfter, command with { IsSweep = true });
        if (isLast && !row.IsComplete)
        {
            row.IsComplete = true;
            unit.Put(row);
            unit.AfterCommit(news.Changed.Ring);
        }
        unit.AfterCommit(() => LogLetGo(logger, whose, sagas.Count, row.Keeper));
    }

    private async Task TakeUpAsync(KeepingHandedOver message, List<(TSaga Saga, IReadOnlyList<HandedOverTimer> Timers)> sagas, UnitOfWork unit, NpgsqlConnection connection,
        CancellationToken cancellation)
    {
        var (whose, own) = (message.Organization, keepers.OwnKey(message.Organization));
        var row = await Keepers.FindAsync(connection, whose, cancellation);
        var here = await _sagas.KeptAsync(connection, sagas.Select(s => s.Saga.CorrelationId), cancellation);
        foreach (var (saga, timers) in sagas.Where(s => !here.Contains(s.Saga.CorrelationId)))
        {
            saga.Keeper = null;
            unit.Put(saga);
            foreach (var timer in timers)
                unit.StartTimer(timer.Here(queue.Name));
        }
        if (sagas.Count > here.Count)
            unit.Add(Entry(LedgerActions.KeepingTakenUp, whose, message.Keeper, sagas.Count - here.Count));
        // A node that gives the organization back by now passes on what it had still asked for.
        if (store.IsNode && row?.Keeper != own)
            unit.Send(queue.Name, new LetGo(whose));
        else
            unit.Put(new KeeperRow { Organization = whose, Keeper = own, IsComplete = message.IsLast || row is { IsComplete: true } && row.Keeper == own });
        unit.AfterCommit(news.Changed.Ring);
        unit.AfterCommit(() => LogTakenUp(logger, whose, sagas.Count - here.Count, here.Count));
    }

    // One entry a step, of so many: a step commits with its entry.
    private LedgerEntry Entry(string action, Organization whose, string keeper, int count) =>
        new LedgerEntry { At = time.GetUtcNow(), Action = action, Organization = whose.Text }.Describe(keeper, report: null, new { count });

    // One in a state of a later release is parked: it would take no message.
    private TSaga Known(TSaga saga) => machine.GetState(saga.CurrentState) is null ? throw new UnknownStateException(machine.Name, saga.CurrentState) : saga;

    [LoggerMessage(Level = LogLevel.Information, Message = "{Organization} is asked for by the node {Node}.")]
    private static partial void LogAsked(ILogger logger, Organization organization, string node);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Organization}: {Count} let go of, to {Keeper}.")]
    private static partial void LogLetGo(ILogger logger, Organization organization, int count, string keeper);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Organization}: {Count} taken up; {Here} had been here already and stay as they are.")]
    private static partial void LogTakenUp(ILogger logger, Organization organization, int count, int here);
}

internal static class HandedOverTimers
{
    /// <summary>The timer, which from now on fires to this queue: under its token, when it would have.</summary>
    public static TimerRow Here(this HandedOverTimer timer, string queue) => new()
    {
        Token = timer.Token,
        DueAt = timer.DueAt,
        OrderingKey = timer.OrderingKey,
        Destination = "queue:" + queue,
        Type = timer.Type,
        Body = System.Text.Encoding.UTF8.GetBytes(timer.Body),
    };
}

/// <summary>Where the sagas' messages come.</summary>
/// <param name="Name">The queue.</param>
internal sealed record KeepingQueue<TSaga>(string Name) where TSaga : class, IKept;
