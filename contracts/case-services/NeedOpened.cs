namespace SafeHarbor.Contracts.CaseServices;

/// <summary>A need of a child was taken up. Published by case-services when the responding county is known; it starts the need's saga.</summary>
[Message("need.opened.v1", From = [Services.CaseServices], To = [Queues.Need])]
public sealed record NeedOpened : INeedEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <inheritdoc/>
    public required Guid NeedId { get; init; }
    /// <summary>When the report was received.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
    /// <summary>One of <see cref="Codes.NeedTypes"/>.</summary>
    [CodeOf(typeof(Codes.NeedTypes))]
    public required string Type { get; init; }
    /// <summary>Who responds to the report, and is told of the need; such as <c>county:06037</c>.</summary>
    public required Organization Responder { get; init; }
    /// <summary>Offered at once, without waiting for the county's acceptance.</summary>
    public required bool Emergency { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
    /// <summary>One of <see cref="Codes.AgeBands"/>.</summary>
    [CodeOf(typeof(Codes.AgeBands))]
    public required string AgeBand { get; init; }
    /// <summary>One of <see cref="Codes.Genders"/>.</summary>
    [CodeOf(typeof(Codes.Genders))]
    public required string Gender { get; init; }
    /// <summary>BCP 47 language tags.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
    /// <summary>A guardian must not be contacted.</summary>
    public bool GuardianUnsafe { get; init; }
}
