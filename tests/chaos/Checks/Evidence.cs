namespace SafeHarbor.Chaos.Checks;

/// <summary>How often something is on an encounter's timeline.</summary>
/// <param name="Encounter">Whose.</param>
/// <param name="Type">Wire name of the event, without the version.</param>
/// <param name="Subject">The handoff, need, offer, notice or grant that it is about; empty when it can only be the encounter.</param>
/// <param name="Times">How many lines.</param>
internal sealed record TimelineCount(Guid Encounter, string Type, string Subject, int Times);

/// <summary>One handoff of county-routing.</summary>
internal sealed record HandoffRow(Guid Encounter, Guid Report, string County, string State);

/// <summary>One need of case-services, and how many of its offers are accepted.</summary>
internal sealed record NeedRow(Guid Encounter, Guid Need, string State, int AcceptedOffers);

/// <summary>One webhook of notification; its id is the webhook's.</summary>
internal sealed record DeliveryRow(Guid Id, Guid Encounter, string Organization, string Type, Guid Subject, string State);

/// <summary>A notice that has no delivery at all.</summary>
internal sealed record SilentNotice(Guid Id, Guid Encounter, string Organization, string Type, string State);

/// <summary>A message that was set aside.</summary>
/// <param name="Id">Its message id, when it has one.</param>
/// <param name="Where">Service or queue that holds it.</param>
/// <param name="What">Its type and the error, for people.</param>
internal sealed record ParkedMessage(Guid? Id, string Where, string What);

/// <summary>All that the system shows at one moment of what became of what it was given.</summary>
internal sealed record Evidence
{
    public IReadOnlyList<Guid> Encounters { get; init; } = [];
    public IReadOnlyList<TimelineCount> Timeline { get; init; } = [];
    public IReadOnlyList<HandoffRow> Handoffs { get; init; } = [];
    public IReadOnlyList<NeedRow> Needs { get; init; } = [];
    public IReadOnlyList<DeliveryRow> Deliveries { get; init; } = [];
    public IReadOnlyList<SilentNotice> SilentNotices { get; init; } = [];
    public IReadOnlyList<ParkedMessage> Parked { get; init; } = [];

    /// <summary>Work that is still to be done: outbox rows, messages in queues, timers that are overdue; each line with its number.</summary>
    public IReadOnlyList<string> Unfinished { get; init; } = [];
}
