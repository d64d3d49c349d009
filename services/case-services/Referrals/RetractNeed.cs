namespace SafeHarbor.CaseServices.Referrals;

/// <summary>The reporting agency has taken the report of a child that needs something back.</summary>
[WireName("need.retract.v1")]
public sealed record RetractNeed(Guid EncounterId, Guid NeedId, DateTimeOffset At) : IEncounterMessage;
