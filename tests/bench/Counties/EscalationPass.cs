using System.Collections.Concurrent;
using System.Text.Json;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using SafeHarbor.Bench.Meters;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.Bench.Counties;

/// <summary>How late the steps of ladders are: from a timer's due time, by the database's clock, until the broker delivers that the step was told.</summary>
/// <param name="Steps">How many fell due.</param>
/// <param name="LateMs">How late they were.</param>
/// <param name="LatestMs">The latest.</param>
internal sealed record Escalations(int Steps, Percentiles LateMs, double LatestMs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(2);

    // What is furthest ahead falls due now instead, and its handoff is as if it always had.
    private const string MoveUp = """
        with chosen as (
            select token, (convert_from(body, 'UTF8')::json ->> 'handoffId')::uuid handoff, now() + $2 + row_number() over (order by due_at desc) * $3 due from timers
            where type = 'handoff.silent.v1' order by due_at desc limit $1),
        handoffs as (update handoffs set acknowledge_by = due, due_at = due from chosen where correlation_id = handoff),
        moved as (update timers set due_at = due from chosen where timers.token = chosen.token)
        select handoff, due from chosen
        """;

    /// <summary>So many steps fall due, one every so often; all in the same instant when that is zero.</summary>
    public static async Task<Escalations> MeasureAsync(CountyStage stage, int steps, TimeSpan every, CancellationToken cancellation)
    {
        await using var connection = await new ConnectionFactory { Uri = new(stage.Broker) }.CreateConnectionAsync(cancellation);
        await using var channel = await connection.CreateChannelAsync(cancellationToken: cancellation);
        var queue = (await channel.QueueDeclareAsync(cancellationToken: cancellation)).QueueName;
        await channel.QueueBindAsync(queue, BrokerNames.ExchangeOf(typeof(HandoffEscalated)), "", cancellationToken: cancellation);
        var told = new ConcurrentDictionary<Guid, DateTimeOffset>();
        var consumer = new AsyncEventingBasicConsumer(channel);
        consumer.ReceivedAsync += (_, delivery) =>
        {
            var at = DateTimeOffset.UtcNow;
            using var body = JsonDocument.Parse(delivery.Body);
            told.TryAdd(body.RootElement.GetProperty("handoffId").GetGuid(), at);
            return Task.CompletedTask;
        };
        await channel.BasicConsumeAsync(queue, autoAck: true, consumer, cancellation);

        var due = await stage.InstantsAsync(MoveUp, cancellation, steps, Ahead, every);
        for (var end = DateTime.UtcNow + Ahead + every * steps + Patience; due.Keys.Any(handoff => !told.ContainsKey(handoff)); await Task.Delay(100, cancellation))
            if (DateTime.UtcNow > end)
                throw new TimeoutException($"{due.Keys.Count(handoff => !told.ContainsKey(handoff))} of {due.Count} steps were not told.");
        var late = due.Select(timer => told[timer.Key] - timer.Value).ToList();
        return new(due.Count, Percentiles.Of(late), late.Max().TotalMilliseconds);
    }
}
