namespace SafeHarbor.Contracts;

/// <summary>
/// Who subscribes to what, as each message's record declares it (<see cref="MessageAttribute"/>). Whichever service is migrated first makes every queue
/// and binding listed here, and none publishes before they are there, so that nothing is ever published to nowhere, not even on a broker where the
/// subscriber has never run.
/// </summary>
public static class Subscriptions
{
    /// <summary>Every queue of the system.</summary>
    public static readonly IReadOnlyList<Subscription> All =
        [.. Queues.All.Select(queue => new Subscription(Queues.ServiceOf(queue), queue, [.. MessageAttribute.All.Where(m => Reaches(queue, m.Type, m.Declared)).Select(m => m.Type)]))];

    /// <summary>What is bound to a queue.</summary>
    public static Subscription Of(string queue) => All.Single(s => s.Queue == queue);

    /// <summary>What every node has bound to its own queue in the place of one of <see cref="Queues.OfEveryNode"/>.</summary>
    public static IReadOnlyList<Type> OfNodes(string queue) => [.. MessageAttribute.All.Where(m => m.Declared.ToNodes && m.Declared.To.Contains(queue)).Select(m => m.Type)];

    private static bool Reaches(string queue, Type message, MessageAttribute declared) =>
        declared.To.Contains(queue) || queue == Queues.Timeline && message.IsAssignableTo(typeof(IEncounterEvent));
}
