namespace SafeHarbor.Contracts.Intake;

/// <summary>The officer's telephone report to the county (PC 11166(a)) was recorded. SafeHarbor records the call and never replaces it.</summary>
[Message("telephone-report.recorded.v1", From = [Services.Intake], To = [Queues.Jurisdiction])]
public sealed record TelephoneReportRecorded : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>When the call was made, as the officer says.</summary>
    public required DateTimeOffset CalledAt { get; init; }
    /// <summary>Who was called, such as <c>county:06037</c>, when the officer says so; null when not.</summary>
    public Organization? Organization { get; init; }
}
