namespace SafeHarbor.CaseServices.Needs;

/// <summary>A provider takes the need.</summary>
public sealed record AcceptOffer(Guid OfferId);

/// <summary>A provider takes a need that it was offered and did not answer in time, or could not be told of.</summary>
public sealed record AcceptOfferLate(string Provider);

/// <summary>The county wants everybody asked again.</summary>
public sealed record AskAgain;

/// <summary>The county lets the provider that accepted read for longer.</summary>
public sealed record RenewProvidersAccess;

/// <summary>The county lets the provider that accepted read no longer.</summary>
public sealed record EndProvidersAccess;

/// <summary>The directory has changed: whoever fits now may be asked.</summary>
[WireName("need.rank-again.v1")]
public sealed record RankNeedAgain(Guid EncounterId, Guid NeedId) : IEncounterMessage;

/// <summary>A provider does not take the need, for a coded reason.</summary>
public sealed record DeclineOffer(Guid OfferId, string Reason);

/// <summary>The offer's time is over: the message of its durable timer, whose token is the offer's id.</summary>
[WireName("offer.ran-out.v1")]
public sealed record OfferRanOut(Guid EncounterId, Guid NeedId, Guid OfferId) : IEncounterMessage;

/// <summary>The provider has had first contact with the child.</summary>
public sealed record EngageNeed;

/// <summary>The provider has met the need.</summary>
public sealed record CompleteNeed;

/// <summary>The need has been quiet for too long: the message of its durable timer, whose token is <paramref name="Reminder"/>.</summary>
[WireName("need.remind.v1")]
public sealed record RemindOfNeed(Guid EncounterId, Guid NeedId, Guid Reminder) : IEncounterMessage;
