using System.Diagnostics.CodeAnalysis;
using MassTransit;
using MassTransit.Context;

namespace SafeHarbor.Messaging.Handling;

/// <summary>The consume context that a handler sees: what it publishes, sends or schedules goes into its <see cref="UnitOfWork"/>.</summary>
internal sealed class UnitOfWorkContext<T> : ConsumeContextProxy<T> where T : class
{
    private readonly GroupMember _delivery;
    private readonly GroupCommit _group;
    private readonly MessageSchedulerContext _scheduler;

    public UnitOfWorkContext(ConsumeContext<T> context, GroupMember member, GroupCommit group) : base(context)
    {
        (_delivery, _group) = (member, group);
        var endpoints = new CapturingEndpoints(member.Unit);
        // Contexts that MassTransit wraps around this one take their endpoints from the receive context, so both must capture.
        ReceiveContext = new CapturingReceiveContext(context.ReceiveContext, endpoints);
        PublishEndpointProvider = endpoints;
        _scheduler = CapturingScheduler.For(this, member.Unit);
    }

    public override bool TryGetPayload<TPayload>([NotNullWhen(true)] out TPayload payload) where TPayload : class
    {
        if ((_delivery as TPayload ?? _delivery.Unit as TPayload ?? _group as TPayload ?? _scheduler as TPayload) is { } own)
        {
            payload = own;
            return true;
        }
        return base.TryGetPayload<TPayload>(out payload!);
    }

    private sealed class CapturingReceiveContext(ReceiveContext context, CapturingEndpoints endpoints) : ReceiveContextProxy(context)
    {
        public override ISendEndpointProvider SendEndpointProvider => endpoints;
        public override IPublishEndpointProvider PublishEndpointProvider => endpoints;
    }
}
