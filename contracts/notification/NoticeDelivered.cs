namespace SafeHarbor.Contracts.Notification;

/// <summary>An endpoint of the organization took the notice (HTTP 2xx), or the organization read it in its feed. That is delivery, not acceptance.
/// Published by notification, once per notice.</summary>
[Message("notice.delivered.v1", From = [Services.Notification], To = [Queues.Handoff])]
public sealed record NoticeDelivered : IEncounterEvent, IAddressed
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
    /// <summary>How many attempts it took; 0 when it was read and none was made.</summary>
    public required int Attempts { get; init; }
    /// <summary>The key of the node whose saga it is; null for the statewide system's.</summary>
    public string? Keeper { get; init; }

    string? IAddressed.Key => Keeper;
}
