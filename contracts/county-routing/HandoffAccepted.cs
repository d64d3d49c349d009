using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A human at the recipient has accepted responsibility. Published by county-routing;
/// the responder's acceptance releases the needs that waited for it.</summary>
[Message("handoff.accepted.v1", From = [Services.CountyRouting], FromNodes = true, To = [Queues.Referral])]
public sealed record HandoffAccepted : IHandoffEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <inheritdoc/>
    public required Guid HandoffId { get; init; }
    /// <inheritdoc/>
    public required Organization Organization { get; init; }
    /// <inheritdoc/>
    public required Codes.Role Role { get; init; }
    /// <summary>It refers the report on at once: nothing follows for the child's needs until the next has accepted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RefersOn { get; init; }
    /// <summary>How the report came to the recipient from others; null when none had referred it on. The responder has changed when it is there.</summary>
    public Referral? Referral { get; init; }
    /// <summary>Coded facts of the child and its needs.</summary>
    public required Intake.ReportedChild Child { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
}
