namespace SafeHarbor.CaseServices.Referrals;

/// <summary>Another county responds to the report from now on.</summary>
[WireName("need.change-responder.v1")]
public sealed record ChangeResponder(Guid EncounterId, Guid NeedId, Organization Responder) : IEncounterMessage;
