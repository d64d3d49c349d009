namespace SafeHarbor.Contracts;

/// <summary>
/// What there is to know of a published message, beside its record and nowhere else: its name on the wire, who publishes it, who subscribes to it.
/// Bindings (<see cref="Subscriptions"/>) and rights (<see cref="BrokerRights"/>) at the broker follow. An <see cref="IEncounterEvent"/> reaches
/// <see cref="Queues.Timeline"/> by being one.
/// </summary>
/// <param name="name">See <see cref="WireNameAttribute"/>.</param>
public sealed class MessageAttribute(string name) : WireNameAttribute(name)
{
    /// <summary>The <see cref="Services"/> that publish it; the broker refuses it of every other.</summary>
    public required string[] From { get; init; }

    /// <summary>The <see cref="Queues"/> that it is bound to, besides the timeline's; what is bound to an addressed one is an <see cref="IAddressed"/>.</summary>
    public string[] To { get; init; } = [];

    /// <summary>A <see cref="Node"/> publishes it too.</summary>
    public bool FromNodes { get; init; }

    /// <summary>Every <see cref="Node"/> gets it too, in its own queue in the place of county-routing's that it is bound to.</summary>
    public bool ToNodes { get; init; }

    internal static readonly IReadOnlyList<(Type Type, MessageAttribute Declared)> All =
    [
        .. from type in typeof(MessageAttribute).Assembly.GetTypes()
           let declared = (MessageAttribute?)GetCustomAttribute(type, typeof(MessageAttribute), inherit: false)
           where declared is not null
           orderby declared.Name
           select (type, declared),
    ];
}
