namespace SafeHarbor.Contracts.Messaging;

/// <summary>
/// Sagas of an organization, with all that they are, that their keeper has let go of in the transaction that published this: whoever gets it keeps them. What still comes for
/// them at the old keeper follows through the same exchange, under its own name and id, and never before them (ADR 41). Published by keepers.
/// </summary>
[Message("keeping.handed-over.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Handoff])]
public sealed record KeepingHandedOver : IDirectoryMessage, IAddressed
{
    /// <summary>Whose sagas they are, such as <c>county:06037</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>The key of who keeps them from now on: <see cref="Node.KeeperOf"/> or <see cref="Node.Statewide"/>.</summary>
    public required string Keeper { get; init; }
    /// <summary>The sagas; none when there were none left.</summary>
    public required IReadOnlyList<HandedOverSaga> Sagas { get; init; }
    /// <summary>Nothing is left of the organization's at the old keeper.</summary>
    public required bool IsLast { get; init; }
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    string IDirectoryMessage.Entry => Organization.Text;

    string? IAddressed.Key => Keeper;
}

/// <summary>A saga as its keeper had it.</summary>
public sealed record HandedOverSaga
{
    /// <summary>Its id.</summary>
    public required Guid SagaId { get; init; }
    /// <summary>What it holds, as JSON: the keepers' own affair. A member that the new keeper does not know is left out, one that is not there is as in a new saga.</summary>
    public required string State { get; init; }
    /// <summary>The timers that it waits for.</summary>
    public required IReadOnlyList<HandedOverTimer> Timers { get; init; }
}

/// <summary>A timer that has not fired.</summary>
public sealed record HandedOverTimer
{
    /// <summary>By which its saga knows it.</summary>
    public required Guid Token { get; init; }
    /// <summary>When it fires.</summary>
    public required DateTimeOffset DueAt { get; init; }
    /// <summary>Wire name of its message.</summary>
    public required string Type { get; init; }
    /// <summary>Its message, as JSON.</summary>
    public required string Body { get; init; }
    /// <summary>Messages with the same keep their order.</summary>
    public required Guid OrderingKey { get; init; }
}
