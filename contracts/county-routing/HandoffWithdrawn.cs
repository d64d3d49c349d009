namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>Another county responds than the one by which this recipient got the report, itself or one whose pack lists it: it reads the report no longer, unless it has a part
/// in it all the same.</summary>
[Message("handoff.withdrawn.v1", From = [Services.CountyRouting], To = [Queues.Handoff])]
public sealed record HandoffWithdrawn : IHandoffEvent, IAddressed
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
    /// <summary><see cref="Codes.Role.Responder"/>, or that of a recipient that follows from who responds.</summary>
    public Codes.Role Role { get; init; } = Codes.Role.Responder;
    /// <summary>The role that it has all the same, for example of the child's dependency case; null when it has none. A recipient has one handoff of a report.</summary>
    public Codes.Role? RemainsAs { get; init; }
    /// <summary>The rule by which it has that role, for people to read.</summary>
    public string? Rule { get; init; }

    /// <summary>By what it had been asked, where the desk has decided between counties; null otherwise. Asked by another too, it goes on being asked.</summary>
    public Referral? Referral { get; init; }

    string? IAddressed.Key => Organization.Text;
}
