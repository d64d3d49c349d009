using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CaseServices.Referrals;

/// <summary>The reporting agency has added to the report of a child that needs something.</summary>
[WireName("need.supplement.v1")]
public sealed record SupplementNeed : IEncounterMessage
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>The need.</summary>
    public required Guid NeedId { get; init; }
    /// <summary>It says what whoever meets the child reads.</summary>
    public required bool IsForWhoeverMeetsTheChild { get; init; }
    /// <summary>It says that the child is in danger now.</summary>
    public bool ImmediateDanger { get; init; }
    /// <summary>The coded facts of the child that it says; null when it says none.</summary>
    public SupplementedChild? Child { get; init; }
}
