using SafeHarbor.Contracts.CaseServices;

namespace SafeHarbor.CaseServices.Referrals;

/// <summary>The responding county has accepted: providers may be asked. It carries the need whole, because it can overtake its opening.</summary>
[WireName("need.release.v1")]
public sealed record ReleaseNeed : IEncounterMessage
{
    /// <summary>The need as its opening told it, with the county that accepted.</summary>
    public required NeedOpened Need { get; init; }

    public Guid EncounterId => Need.EncounterId;
}
