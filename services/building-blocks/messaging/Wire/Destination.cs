using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Wire;

/// <summary>Where a message goes: the exchange of its type, or a queue.</summary>
internal readonly record struct Destination(string Exchange, string RoutingKey)
{
    public string Text => Exchange.Length > 0 ? $"exchange:{Exchange}" : $"queue:{RoutingKey}";

    public static Destination ToSubscribers<T>() => new(ExchangeOf(typeof(T)), "");

    public static Destination ToQueue(string queue) => new("", queue);

    public static string ExchangeOf(Type message) => "safeharbor." + WireNameAttribute.Of(message);

    public static Destination Parse(string text) => text.Split(':', 2) switch
    {
        ["exchange", var name] => new(name, ""),
        ["queue", var name] => new("", name),
        _ => throw new FormatException($"'{text}' is not a destination; expected exchange:NAME or queue:NAME."),
    };
}
