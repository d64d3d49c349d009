using MassTransit;

namespace SafeHarbor.Messaging.Handling;

/// <summary>A handler's way to its unit of work.</summary>
public static class UnitOfWorkExtensions
{
    /// <summary>The unit of work that commits with the message being handled: add rows, messages and timers to it.</summary>
    public static UnitOfWork UnitOfWork(this PipeContext context) => context.GetPayload<UnitOfWork>();
}
