using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Parking;

/// <summary>A message that could not be handled or sent, with everything that it takes to send it again.</summary>
public sealed class ParkedRow
{
    /// <summary>Given by the database.</summary>
    public long Id { get; set; }
    /// <summary>The message.</summary>
    public Guid MessageId { get; set; }
    /// <summary>Where it was to be handled, <c>queue:NAME</c>, or where it was to be sent, <c>exchange:NAME</c>.</summary>
    public string Destination { get; set; } = "";
    /// <summary>The key of an addressed message that is sent to an exchange (<see cref="Contracts.IAddressed"/>).</summary>
    public string? RoutingKey { get; set; }
    /// <summary>Wire name of the message; empty when it had none.</summary>
    public string Type { get; set; } = "";
    /// <summary>The message as it came.</summary>
    public byte[] Body { get; set; } = [];
    /// <summary>Messages with the same key keep their order: the encounter.</summary>
    public Guid OrderingKey { get; set; }
    /// <summary>W3C trace context of whoever decided to send it.</summary>
    public string? TraceParent { get; set; }
    /// <summary>Token of the timer that it comes from.</summary>
    public Guid? TimerToken { get; set; }
    /// <summary>When it was first sent; kept when it is sent again, so that receivers recognize it.</summary>
    public DateTimeOffset SentAt { get; set; }
    /// <summary><see cref="ParkedSource"/>: who gave it up.</summary>
    public string Source { get; set; } = "";
    /// <summary>Kind of the error: the exception's name.</summary>
    public string ErrorType { get; set; } = "";
    /// <summary>What the error said. Not shown outside of the database: it may quote the message.</summary>
    public string Error { get; set; } = "";
    /// <summary>How often it has been parked.</summary>
    public int Times { get; set; }
    /// <summary>When it was last parked, by the database's clock.</summary>
    public DateTimeOffset ParkedAt { get; set; }
    /// <summary><c>PARKED</c>, <c>REDRIVEN</c> or <c>DISCARDED</c>.</summary>
    public string State { get; set; } = "";
    /// <summary>When it was sent again or given up for good.</summary>
    public DateTimeOffset? SettledAt { get; set; }
    /// <summary>Who did that.</summary>
    public string? SettledBy { get; set; }

    internal static ParkedRow Refused(OutboxRow row, string error) => new()
    {
        MessageId = row.MessageId,
        Destination = row.Destination,
        RoutingKey = row.RoutingKey,
        Type = row.Type,
        Body = row.Body,
        OrderingKey = row.OrderingKey,
        TraceParent = row.TraceParent,
        TimerToken = row.TimerToken,
        SentAt = row.SentAt,
        Source = ParkedSource.Relay,
        ErrorType = "Refused",
        Error = error,
    };
}

/// <summary>Who gave a message up.</summary>
public static class ParkedSource
{
    /// <summary>Its handler threw, again and again, or nobody could read it.</summary>
    public const string Handler = "HANDLER";
    /// <summary>The broker would not take it.</summary>
    public const string Relay = "RELAY";
    /// <summary>The broker's queue gave it up after too many deliveries that ended with a dead consumer.</summary>
    public const string Broker = "BROKER";
}
