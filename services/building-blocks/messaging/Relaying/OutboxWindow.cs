using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Relaying;

/// <summary>
/// Where the relay's next look at the outbox begins. What has been deleted stays in the index until a vacuum, and for as long as a backup or another
/// long transaction runs no vacuum removes it: so most looks begin a little before the last message that was read. Once a second one begins at the
/// beginning, for transactions that drew their sequence long before they committed and for messages whose next attempt has come.
/// </summary>
internal sealed class OutboxWindow
{
    private const int Slack = 5000;
    private static readonly TimeSpan Whole = TimeSpan.FromSeconds(1);

    private long _from;
    private long _whole;

    /// <summary>The sequence from which to read now.</summary>
    public long Next()
    {
        if (_whole != 0 && TimeProvider.System.GetElapsedTime(_whole) < Whole)
            return _from;
        _whole = TimeProvider.System.GetTimestamp();
        return _from = 0;
    }

    /// <summary>What the look has brought, in order: before the last of it nothing is left but what is held back.</summary>
    public void Read(IReadOnlyList<OutboxRow> rows)
    {
        if (rows.Count > 0)
            _from = Math.Max(_from, rows[^1].Sequence - Slack);
    }

    /// <summary>The next look is at the whole outbox: there may be lanes whose earlier messages were another instance's.</summary>
    public void Reset() => _whole = 0;
}
