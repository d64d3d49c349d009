namespace SafeHarbor.CaseServices.Offers;

/// <summary>What whoever meets the child must know, before it is known who the child is.</summary>
public static class SafetyFlags
{
    /// <summary>A guardian must not be contacted.</summary>
    public const string GuardianUnsafe = "GUARDIAN_UNSAFE";
}

/// <summary>An offer over HTTP: tier T0. The report's id comes with the acceptance, which is what allows to read it.</summary>
/// <param name="OfferId">The offer.</param>
/// <param name="NeedId">The need that it is of.</param>
/// <param name="State">What has become of it.</param>
/// <param name="Type">What is needed.</param>
/// <param name="Responder">The responding county, such as <c>county:06037</c>.</param>
/// <param name="Urgency">How fast somebody must act.</param>
/// <param name="AgeBand">The band of the child's age.</param>
/// <param name="Gender">The child's gender.</param>
/// <param name="Languages">BCP 47 tags of the languages that the child speaks.</param>
/// <param name="SafetyFlags">What must be known before.</param>
/// <param name="MadeAt">When it was made.</param>
/// <param name="ExpiresAt">Until when it waits for an answer.</param>
/// <param name="SettledAt">When it was answered, ran out or was taken back; null until then.</param>
/// <param name="Reason">Why it was declined (one of the reasons of a refusal) or taken back (<c>UNDELIVERABLE</c>, <c>FILLED</c>); null otherwise.</param>
/// <param name="ReportId">The report, which may be read once the offer is accepted; null until then.</param>
public sealed record OfferView(Guid OfferId, Guid NeedId, [CodeOf(typeof(OfferStates))] string State, [CodeOf(typeof(NeedTypes))] string Type, Organization Responder,
    [CodeOf(typeof(Urgencies))] string Urgency, [CodeOf(typeof(AgeBands))] string AgeBand, [CodeOf(typeof(Genders))] string Gender,
    IReadOnlyList<string> Languages, [CodeOf(typeof(SafetyFlags))] IReadOnlyList<string> SafetyFlags, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? SettledAt,
    string? Reason, Guid? ReportId)
{
    internal static OfferView Of(Offer offer) => new(offer.OfferId, offer.NeedId, offer.State, offer.Type, Organization.Of(offer.CountyFips), offer.Urgency, offer.AgeBand,
        offer.Gender, offer.Languages, offer.GuardianUnsafe ? [Offers.SafetyFlags.GuardianUnsafe] : [], offer.MadeAt, offer.ExpiresAt, offer.SettledAt, offer.Reason,
        offer.State == OfferStates.Accepted ? offer.ReportId : null);
}
