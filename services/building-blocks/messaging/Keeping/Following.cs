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
    private const int LongestWait = 7;

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
    /// Of a message whose saga is not here: the message is dropped, but one that follows its saga waits a few seconds for it, because many small messages are
    /// dealt with sooner than one large one before them.
    /// </summary>
    public static void Missing<T>(ConsumeContext<T> context) where T : class
    {
        if (context.ReceiveContext.TryGetPayload<RabbitMqBasicConsumeContext>(out var delivery) && delivery.Exchange == Exchange
            && context.TryGetPayload<GroupMember>(out var member) && member.Attempt < LongestWait)
            throw new NotYetHereException();
    }
}

/// <summary>A message has overtaken the saga that it follows: it is tried again.</summary>
internal sealed class NotYetHereException() : Exception("The saga has been handed over and is not here yet.");
