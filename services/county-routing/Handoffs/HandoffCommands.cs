namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>Somebody at the county has seen the handoff.</summary>
public sealed record AcknowledgeHandoff;

/// <summary>A human at the county takes responsibility.</summary>
public sealed record AcceptHandoff(string By);

/// <summary>A human at the county, which responds, refers the report on.</summary>
/// <param name="To">Whom to.</param>
/// <param name="Reason">Why; one of <see cref="ReferralReasons"/>.</param>
/// <param name="By">Subject of the token of whoever does it.</param>
public sealed record ReferOn(Organization To, [CodeOf(typeof(ReferralReasons))] string Reason, string By);

/// <summary>The recipient still needs to read the report.</summary>
public sealed record RenewAccess;

/// <summary>A human at the county, which responds, determines how soon it sees the child.</summary>
/// <param name="Level">A level of its pack, or <see cref="ResponseLevels.EvaluatedOut"/>.</param>
/// <param name="Reason">Why; null when nothing is said.</param>
/// <param name="By">Subject of the token of whoever does it.</param>
public sealed record DetermineResponse(string Level, [CodeOf(typeof(ResponseReasons))] string? Reason, string By);

/// <summary>The county has seen the child, or was where it was to be.</summary>
/// <param name="At">When.</param>
public sealed record RespondInPerson(DateTimeOffset At);

/// <summary>The county closes the report.</summary>
/// <param name="Reason">Why.</param>
public sealed record CloseHandoff([CodeOf(typeof(ClosingReasons))] string Reason);

/// <summary>Nobody has moved in time.</summary>
[WireName("handoff.silent.v1")]
public sealed record HandoffSilent(Guid EncounterId, Guid HandoffId) : IEncounterMessage;
