using System.Collections.Concurrent;
using System.Text.Json;
using SafeHarbor.Load;

namespace SafeHarbor.Chaos;

/// <summary>
/// What the world outside was told, kept apart from the system: every report that it acknowledged, every webhook that came, every poison that
/// was put in. In memory for the checks, and in a file, line by line, for whoever reads up on a failure.
/// </summary>
internal sealed class Ledger : IDisposable
{
    private readonly StreamWriter _file;
    private readonly ConcurrentDictionary<Guid, ReportKind> _acknowledged = new();
    private readonly ConcurrentDictionary<Guid, int> _webhooks = new();
    private readonly ConcurrentDictionary<Guid, string> _poison = new();

    public Ledger(string file)
    {
        File = file;
        _file = new StreamWriter(file, append: true) { AutoFlush = true };
    }

    public string File { get; }

    /// <summary>Encounters that were answered with 201, and what was reported.</summary>
    public IReadOnlyDictionary<Guid, ReportKind> Acknowledged => _acknowledged;

    /// <summary>Ids of genuine webhooks, and how often each came.</summary>
    public IReadOnlyDictionary<Guid, int> Webhooks => _webhooks;

    /// <summary>Message ids of what was put in to be parked, and the queue that it was put into.</summary>
    public IReadOnlyDictionary<Guid, string> Poison => _poison;

    public void Acknowledge(Reported reported, ReportKind kind)
    {
        var isNew = _acknowledged.TryAdd(reported.EncounterId, kind);
        Write(new { acknowledged = reported.EncounterId, kind = kind.Name, reported.IdempotencyKey, reported.Receipt.Status, reported.Receipt.Attempts, isNew });
    }

    public void End(Journey journey) => Write(new { ended = journey.EncounterId, kind = journey.Kind.Name, seconds = Math.Round(journey.Whole.TotalSeconds, 1) });

    public void Receive(Notice notice)
    {
        _webhooks.AddOrUpdate(Guid.Parse(notice.WebhookId), 1, (_, times) => times + 1);
        Write(new { webhook = notice.WebhookId, notice.Organization, notice.Type, notice.Subject, notice.EncounterId, notice.IsRepetition });
    }

    public void Poisoned(Guid messageId, string queue)
    {
        _poison[messageId] = queue;
        Write(new { poison = messageId, queue });
    }

    /// <summary>What happened to the system, so that the file can be read on its own.</summary>
    public void Note(string what) => Write(new { note = what });

    public void Dispose() => _file.Dispose();

    private void Write(object entry)
    {
        var line = JsonSerializer.Serialize(new { at = TimeProvider.System.GetUtcNow(), entry });
        lock (_file)
            _file.WriteLine(line);
    }
}
