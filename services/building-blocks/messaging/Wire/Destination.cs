using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Wire;

/// <summary>
/// Where a message goes: the exchange of its type, or a queue. A queue is reached by the exchange of its own name, to which nothing else is bound:
/// the broker's default exchange leads to every queue, and nobody has a right to it.
/// </summary>
internal readonly record struct Destination(string Exchange, string Text)
{
    public static Destination ToSubscribers<T>() => Parse("exchange:" + BrokerNames.ExchangeOf(typeof(T)));

    public static Destination ToQueue(string queue) => Parse("queue:" + queue);

    public static Destination Parse(string text) => text.Split(':', 2) switch
    {
        ["exchange" or "queue", var name] => new(name, text),
        _ => throw new FormatException($"'{text}' is not a destination; expected exchange:NAME or queue:NAME."),
    };
}
