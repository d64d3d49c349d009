using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Handling;

/// <summary>The group commits of a service: one for each of its queues, so that messages and requests about the same sagas never wait for each other's locks.</summary>
internal sealed class GroupCommits(UnitStore store, TimeProvider time, ILogger<GroupCommit> logger)
{
    private readonly ConcurrentDictionary<string, Lazy<GroupCommit>> _byQueue = new();

    public GroupCommit Of(string queue) => _byQueue.GetOrAdd(queue, name => new(() => new GroupCommit(store, name, time, logger))).Value;
}
