namespace SafeHarbor.Contracts.Intake;

/// <summary>Somebody without a grant opened a report in an emergency (break-glass). It holds for hours, and a supervisor reviews it.</summary>
[Message("emergency-access.opened.v1", From = [Services.Intake])]
public sealed record EmergencyAccessOpened : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>The emergency access; also the id of its grant.</summary>
    public required Guid EmergencyAccessId { get; init; }
    /// <summary>Whose it is, for example <c>county:06059</c>. Who it was there, the ledger says.</summary>
    public required Organization Organization { get; init; }
    /// <summary>The stated reason, one of <see cref="Codes.EmergencyReasons"/>.</summary>
    [CodeOf(typeof(Codes.EmergencyReasons))]
    public required string Reason { get; init; }
    /// <summary>Who reviews it.</summary>
    public required Organization Reviewer { get; init; }
    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
