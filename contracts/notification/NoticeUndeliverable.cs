namespace SafeHarbor.Contracts.Notification;

/// <summary>A notice was given up. Published by notification, so that whoever asked for it can take another way.</summary>
[Message("notice.undeliverable.v1", From = [Services.Notification], To = [Queues.Handoff, Queues.Need])]
public sealed record NoticeUndeliverable : IEncounterEvent, IAddressed
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The notice.</summary>
    public required Guid NoticeId { get; init; }
    /// <summary>The saga that asked for it.</summary>
    public required Guid RequestedBy { get; init; }
    /// <summary>The organization that it is for.</summary>
    public required Organization Organization { get; init; }
    /// <summary>Why, one of <see cref="Codes.UndeliverableReasons"/>.</summary>
    [CodeOf(typeof(Codes.UndeliverableReasons))]
    public required string Reason { get; init; }
    /// <summary>The key of the node whose saga it is; null for the statewide system's.</summary>
    public string? Keeper { get; init; }

    string? IAddressed.Key => Keeper;
}
