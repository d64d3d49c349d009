namespace SafeHarbor.CaseServices.Offers;

/// <summary>An offer over HTTP: tier T0. The report's id comes with the acceptance, which is what allows to read it.</summary>
public sealed record OfferView(Guid OfferId, Guid NeedId, string State, string Type, CountyFips CountyFips, string Urgency, string AgeBand, string Gender,
    IReadOnlyList<string> Languages, IReadOnlyList<string> SafetyFlags, DateTimeOffset MadeAt, DateTimeOffset ExpiresAt, DateTimeOffset? SettledAt,
    string? Reason, Guid? ReportId)
{
    /// <summary>The flag of a child whose guardian must not be contacted.</summary>
    public const string GuardianUnsafe = "GUARDIAN_UNSAFE";

    internal static OfferView Of(Offer offer) => new(offer.OfferId, offer.NeedId, offer.State, offer.Type, offer.CountyFips, offer.Urgency, offer.AgeBand,
        offer.Gender, offer.Languages, offer.GuardianUnsafe ? [GuardianUnsafe] : [], offer.MadeAt, offer.ExpiresAt, offer.SettledAt, offer.Reason,
        offer.State == OfferStates.Accepted ? offer.ReportId : null);
}
