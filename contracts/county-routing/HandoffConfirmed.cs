using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A person has decided that this recipient responds: at the desk, or by claiming what was a guess. Published by county-routing, also for a recipient
/// whose handoff opened with another role; it reads the report from then on, and the child's needs are its own.</summary>
[Message("handoff.confirmed.v1", From = [Services.CountyRouting], To = [Queues.Handoff, Queues.Referral])]
public sealed record HandoffConfirmed : IHandoffEvent, IAddressed
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
    /// <summary>Always <see cref="Codes.Role.Responder"/>.</summary>
    public Codes.Role Role { get; init; } = Codes.Role.Responder;
    /// <summary>Coded facts of the child and its needs.</summary>
    public required Intake.ReportedChild Child { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
    /// <summary>The rule by which it responds, for people to read.</summary>
    public required string Rule { get; init; }

    /// <summary>The recipient had referred the report on, and the desk has decided that it keeps it: it never stopped responding.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Keeps { get; init; }
    /// <summary>The desk's item about who responds, which learns who accepts; null when the desk has none.</summary>
    public Guid? DeskItemId { get; init; }
    /// <summary>Who else must know of the report and is reached by nobody here, because no pack lists it.</summary>
    public IReadOnlyList<Codes.Role>? NotReached { get; init; }

    string? IAddressed.Key => Organization.Text;
}
