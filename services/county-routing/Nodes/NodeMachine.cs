using MassTransit;
using SafeHarbor.Contracts.Messaging;

namespace SafeHarbor.CountyRouting.Nodes;

/// <summary>It is looked whether a node was heard.</summary>
[WireName("node.look.v1")]
public sealed record NodeLook(Guid NodeId) : IDirectoryMessage
{
    string IDirectoryMessage.Entry => NodeId.ToString();
}

/// <summary>
/// Heard ⇄ Silent, and Left once it has given everything back (ADR 46). The desk is told when a node has not been heard for some time, again and again until it is, and when it is. What the node
/// says changes a row and starts no timer: one timer looks, each time that the node could have been silent for long enough by then.
/// </summary>
public sealed class NodeMachine : SagaMachine<WatchedNode>
{
    /// <summary>A timer that comes so late says that this system was stopped itself: what the nodes have said meanwhile may still be on its way.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    private readonly ServiceDefaults.States.State _home;
    private readonly NoticeBuilder _notices;
    private readonly NodeWatch _watch;
    private readonly TimeProvider _time;

    public NodeMachine(ServiceDefaults.States.State home, NoticeBuilder notices, NodeWatch watch, TimeProvider time)
    {
        (_home, _notices, _watch, _time) = (home, notices, watch, time);
        On(() => Alive, m => WatchedNode.IdOf(m.Node));
        OnTimer(() => Look, n => n.LookToken, m => m.NodeId);

        Initially(Begin(Hear(When(Alive, Keeps))), Leave(Hear(When(Alive, KeepsNothing))));
        During(Heard, Hear(When(Alive, Keeps)), Leave(Hear(When(Alive, KeepsNothing))),
            When(Look!.Received).IfElse(c => IsSilent(c.Saga) && !IsLate(c.Saga), silent => Tell(silent).TransitionTo(Silent), other => LookAgain(other, UntilItCouldBeSilent)));
        During(Silent,
            Begin(Recover(Hear(When(Alive, Keeps)))), Leave(Recover(Hear(When(Alive, KeepsNothing)))),
            Tell(When(Look.Received)));
        During(Left, Begin(Hear(When(Alive, Keeps))), Hear(When(Alive, KeepsNothing)), Ignore(Look.AnyReceived));
    }

    /// <summary>It was heard within the time.</summary>
    public State Heard { get; private set; } = null!;
    /// <summary>It was not, and the desk is told.</summary>
    public State Silent { get; private set; } = null!;
    /// <summary>It has given everything back, and need not be heard.</summary>
    public State Left { get; private set; } = null!;
    public Event<NodeAlive> Alive { get; private set; } = null!;
    public Schedule<WatchedNode, NodeLook> Look { get; private set; } = null!;

    private static bool Keeps(BehaviorContext<WatchedNode, NodeAlive> context) => context.Message.Organizations.Count > 0;

    private static bool KeepsNothing(BehaviorContext<WatchedNode, NodeAlive> context) => !Keeps(context);

    private bool IsSilent(WatchedNode node) => _time.GetUtcNow() - node.HeardAt >= _watch.SilentAfter;

    private bool IsLate(WatchedNode node) => _time.GetUtcNow() - node.LookAt > Late;

    private TimeSpan UntilItCouldBeSilent(WatchedNode node) => (IsSilent(node) ? _time.GetUtcNow() : node.HeardAt) + _watch.SilentAfter - _time.GetUtcNow();

    private EventActivityBinder<WatchedNode, NodeAlive> Hear(EventActivityBinder<WatchedNode, NodeAlive> alive) => alive.Then(c => c.Saga.Hear(c.Message, _time.GetUtcNow()));

    private EventActivityBinder<WatchedNode, NodeAlive> Begin(EventActivityBinder<WatchedNode, NodeAlive> heard) => LookAgain(heard, UntilItCouldBeSilent).TransitionTo(Heard);

    private EventActivityBinder<WatchedNode, NodeAlive> Recover(EventActivityBinder<WatchedNode, NodeAlive> heard) => heard
        .Unschedule(Look)
        .Publish(c => Notice(c.Saga, NoticeTypes.NodeHeard, Urgencies.Prompt))
        .Then(c => c.UnitOfWork().AfterCommit(_watch.Changed.Ring));

    private EventActivityBinder<WatchedNode, NodeAlive> Leave(EventActivityBinder<WatchedNode, NodeAlive> heard) => heard
        .Unschedule(Look)
        .Then(c => c.Saga.LookAt = null)
        .TransitionTo(Left);

    private EventActivityBinder<WatchedNode, NodeLook> Tell(EventActivityBinder<WatchedNode, NodeLook> look) => LookAgain(look
        .Publish(c => Notice(c.Saga, NoticeTypes.NodeSilent, Urgencies.Immediate) with { DueAt = _time.GetUtcNow() + _home.Desk.RemindEvery })
        .Then(c => c.UnitOfWork().AfterCommit(_watch.Changed.Ring)), _ => _home.Desk.RemindEvery);

    private EventActivityBinder<WatchedNode, T> LookAgain<T>(EventActivityBinder<WatchedNode, T> step, Func<WatchedNode, TimeSpan> after) where T : class => step
        .Then(c => c.Saga.LookAt = _time.GetUtcNow() + after(c.Saga))
        .Schedule(Look, c => new NodeLook(c.Saga.CorrelationId), c => c.Saga.LookAt!.Value - _time.GetUtcNow());

    private Contracts.Notification.SystemNoticeRequested Notice(WatchedNode node, string type, string urgency) =>
        _notices.OfSystem(new(SubjectKinds.Node, node.CorrelationId, $"/v1/nodes/{node.CorrelationId}"), type, _home.Organization, urgency, _time.GetUtcNow());
}
