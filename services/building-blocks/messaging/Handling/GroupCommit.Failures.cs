using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Handling;

/// <content>What becomes of a group that could not commit.</content>
internal sealed partial class GroupCommit
{
    /// <returns>False when the database is at fault, and nothing is to be tried for a while.</returns>
    private async Task<bool> GiveBackAsync(List<GroupMember> group, Exception exception)
    {
        var cause = FailureCause.Of(exception);
        if (cause == Cause.Installation)
        {
            List<GroupMember> all = [.. group];
            while (_arrived.Reader.TryRead(out var next))
                all.Add(next);
            all.FindAll(d => d.IsRequest).ForEach(d => d.Fail(exception));
            Repeat(all.FindAll(d => !d.IsRequest));
            return false;
        }
        if (exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } conflict && Inbox.IsAmong(conflict.TableName))
        {
            await DropDuplicatesAsync(group);
        }
        else if (group.Count > 1)
        {
            group.ForEach(d => d.Alone = true);
            Repeat(group);
        }
        else if (cause == Cause.Race && group[0].Attempt < Races && !(group[0].IsRequest && IsConflict(exception)))
        {
            Repeat(group);
        }
        else
        {
            group[0].Fail(exception);
        }
        return true;
    }

    /// <summary>Whoever asked knows what it means that somebody else was first.</summary>
    private static bool IsConflict(Exception exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UniqueViolation };

    private async Task DropDuplicatesAsync(List<GroupMember> group)
    {
        IReadOnlySet<(Guid, string)> seen = new HashSet<(Guid, string)>();
        try
        {
            seen = await _store.SeenAsync([.. group.Select(d => d.Inbox).OfType<InboxRow>()], CancellationToken.None);
        }
#pragma warning disable CA1031 // Whatever it is, the next attempt meets it and deals with it; this loop must not end.
        catch (Exception e)
#pragma warning restore CA1031
        {
            LogNotSeen(_logger, _queue, e.GetType().Name);
        }
        var duplicates = group.FindAll(d => d.Inbox is { } inbox && seen.Contains((inbox.MessageId, inbox.Consumer)));
        var others = group.Except(duplicates).ToList();
        // The same message twice in one group: nothing is in the inbox yet, and the copies have to be told apart.
        if (duplicates.Count == 0)
            others.ForEach(d => d.Alone = true);
        End(duplicates, CommitOutcome.Duplicate);
        Repeat(others);
    }

    /// <summary>What has not run yet waits on; what has runs again.</summary>
    private void Repeat(List<GroupMember> group)
    {
        foreach (var member in group)
            if (member.Handled.IsCompleted)
                member.End(CommitOutcome.Again);
            else if (!member.IsDuplicate)
                Enqueue(member);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Queue}: it could not be looked which messages have been dealt with ({Error}); they are tried again.")]
    private static partial void LogNotSeen(ILogger logger, string queue, string error);
}
