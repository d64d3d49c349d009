namespace SafeHarbor.Contracts.Disclosure;

/// <summary>An organization may read a report at a tier. Published by county-routing and case-services;
/// intake keeps the grant and holds every read against it.</summary>
[Message("disclosure.granted.v1", From = [Services.CountyRouting, Services.CaseServices], FromNodes = true, To = [Queues.Disclosure])]
public sealed record DisclosureGranted : IReportEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <inheritdoc/>
    public required Guid ReportId { get; init; }
    /// <summary>The grant.</summary>
    public required Guid GrantId { get; init; }
    /// <summary>The organization, for example <c>county:06037</c> or <c>provider:harbor-house</c>.</summary>
    public required Organization Organization { get; init; }
    /// <summary>One of <see cref="Codes.Tiers"/>.</summary>
    [CodeOf(typeof(Codes.Tiers))]
    public required string Tier { get; init; }
    /// <summary>What it rests on: one of <see cref="Codes.RuleUses"/>. The state's law register says which rules these are.</summary>
    [CodeOf(typeof(Codes.RuleUses))]
    public required string LegalBasis { get; init; }
    /// <summary>When it ends.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
