using MassTransit;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Messaging;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>
/// What comes for a saga at a keeper that has let go of it follows the saga: as it came, under its own id, behind the saga in the order of its organization. It takes no
/// place in the inbox on its way, so that it may come back when the saga does; where it is dealt with in the end it does, and a copy changes nothing.
/// </summary>
internal static class Following
{
    /// <summary>After so many looks it is given up; each waits <see cref="Pause"/>, and as long again.</summary>
    private const int MostLooks = 14;

    /// <summary>Before each look: short and always the same, so that of two that wait for one saga the first stays the first.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private static readonly string Exchange = BrokerNames.ExchangeOf(typeof(KeepingHandedOver));

    /// <summary>Puts the message into the unit again, for the keeper.</summary>
    public static void Follow(this GroupMember member, ReceiveContext received, Organization organization, string keeper)
    {
        var properties = received.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) ? delivery.Properties : null;
        var message = ReceivedMessage.ToParked(properties, received.GetBody(), "", "", "", "");
        member.Follows = true;
        member.Unit.Follow(new OutboxRow
        {
            MessageId = message.MessageId,
            OrderingKey = OrderingKey.Of<KeepingHandedOver>(organization.Text),
            Destination = "exchange:" + Exchange,
            RoutingKey = keeper,
            Type = message.Type,
            Body = message.Body,
            TraceParent = message.TraceParent,
            TimerToken = message.TimerToken,
            SentAt = message.SentAt,
        });
    }

    /// <summary>
    /// Of a message whose saga is not here. One that is for a saga on its way here waits for it some ten seconds, and is parked when it does not come: it has overtaken what opens or
    /// hands over the saga, because many small messages are dealt with sooner than a large one before them, and what comes directly sooner than what still follows. Any other is dropped.
    /// </summary>
    public static void Missing<T>(ConsumeContext<T> context) where T : class
    {
        if (!context.TryGetPayload<GroupMember>(out var member) || member.Keepers is not { } keepers)
            return;
        // By its key, which a link between two brokers leaves as it was.
        var follows = context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) && Node.IsKeeper(delivery.RoutingKey ?? "");
        if (follows || context.Message is IAddressed { Key: { } key } && keepers.IsOnItsWay(key))
            throw Later(member);
    }

    /// <summary>The same of a message that is sent only where its saga was begun: wherever that is, it is on its way here.</summary>
    public static void MissingYet<T>(ConsumeContext<T> context) where T : class
    {
        if (context.TryGetPayload<GroupMember>(out var member))
            throw Later(member);
    }

    private static Exception Later(GroupMember member) => member.Attempt < MostLooks ? new NotYetHereException() : new NeverCameException();
}

/// <summary>A message has overtaken its saga: it is tried again.</summary>
internal sealed class NotYetHereException() : Exception("The saga is not here yet.");

/// <summary>It has waited long enough: it is parked, and can be sent again once the saga is here.</summary>
internal sealed class NeverCameException() : Exception("What this message is about is to be kept here and never came. Look for it at the other keeper and among its parked messages; send this one again once it is here.");
