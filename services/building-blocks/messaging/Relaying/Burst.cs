using System.Collections.Concurrent;
using RabbitMQ.Client.Exceptions;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>
/// Sends many messages at once and keeps account of what became of each. Messages with the same key go out in order; behind one that goes to a
/// destination which has not yet taken anything on this link, its key waits for the broker's answer.
/// </summary>
internal sealed class Burst(BrokerLink link, HashSet<string> proven)
{
    private readonly ConcurrentQueue<long> _sent = new();
    private readonly ConcurrentQueue<(OutboxRow Row, string Error)> _refused = new();

    /// <summary>What the broker has confirmed.</summary>
    public IReadOnlyCollection<long> Sent => _sent;

    /// <summary>What it would not take, and why.</summary>
    public IReadOnlyCollection<(OutboxRow Row, string Error)> Refused => _refused;

    /// <summary>Those of <paramref name="rows"/> of which the broker has said nothing.</summary>
    public IReadOnlyCollection<long> Unanswered(IReadOnlyList<OutboxRow> rows) =>
        [.. rows.Select(r => r.Sequence).Except(_sent).Except(_refused.Select(r => r.Row.Sequence))];

    public Task SendAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellation) =>
        Task.WhenAll(rows.GroupBy(r => r.OrderingKey).Select(key => SendKeyAsync(key, cancellation)).ToList());

    /// <summary>One message after the other, so that a message for which the broker closes the channel is known.</summary>
    public async Task SendOneByOneAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellation)
    {
        var refused = new HashSet<Guid>();
        foreach (var row in rows.Where(r => !refused.Contains(r.OrderingKey)))
            try
            {
                if (!await SendAsync(row, cancellation))
                    refused.Add(row.OrderingKey);
            }
            catch (OperationInterruptedException e) when (e.ShutdownReason is { ReplyCode: >= 400 and < 540 } reason)
            {
                _refused.Enqueue((row, $"The broker closed the channel: {reason.ReplyText}"));
                throw;
            }
    }

    private async Task SendKeyAsync(IEnumerable<OutboxRow> rows, CancellationToken cancellation)
    {
        var underWay = new List<Task>();
        foreach (var row in rows)
        {
            var sending = SendAsync(row, cancellation);
            if (IsProven(row))
                underWay.Add(sending);
            else if (!await sending)
                break;
        }
        await Task.WhenAll(underWay);
    }

    private bool IsProven(OutboxRow row)
    {
        lock (proven)
            return proven.Contains(row.Destination);
    }

    private async Task<bool> SendAsync(OutboxRow row, CancellationToken cancellation)
    {
        try
        {
            await link.SendAsync(row, cancellation);
            _sent.Enqueue(row.Sequence);
            lock (proven)
                proven.Add(row.Destination);
            return true;
        }
        catch (PublishException e)
        {
            _refused.Enqueue((row, e.IsReturn ? "No queue is bound to its destination." : "The broker refused it (nack)."));
            lock (proven)
                proven.Remove(row.Destination);
            return false;
        }
    }
}
