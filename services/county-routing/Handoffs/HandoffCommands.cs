using SafeHarbor.Contracts;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>Somebody at the county has seen the handoff.</summary>
[WireName("handoff.acknowledge.v1")]
public sealed record AcknowledgeHandoff(Guid EncounterId, Guid HandoffId) : IEncounterMessage;

/// <summary>A human at the county takes responsibility.</summary>
[WireName("handoff.accept.v1")]
public sealed record AcceptHandoff(Guid EncounterId, Guid HandoffId, string By) : IEncounterMessage;

/// <summary>Nobody has moved in time.</summary>
[WireName("handoff.silent.v1")]
public sealed record HandoffSilent(Guid EncounterId, Guid HandoffId) : IEncounterMessage;
