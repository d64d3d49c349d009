namespace SafeHarbor.Contracts.Notification;

/// <summary>The first attempt at a notice failed; it goes on being tried. Published by notification, once per notice.</summary>
[Message("notice.failing.v1", From = [Services.Notification])]
public sealed record NoticeFailing : IEncounterEvent
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
}
