using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Offers;

/// <summary><c>GET /v1/offers</c> and <c>GET /v1/offers/{offerId}</c>: a provider's own offers.</summary>
internal static class ReadOffers
{
    private static readonly WorkList<Offer> List = new(nameof(Offer.DueAt), nameof(Offer.MadeAt), nameof(Offer.OfferId));

    public static void MapReadOffers(this IEndpointRouteBuilder routes)
    {
        var offers = routes.MapGroup("/v1/offers").RequireScope("offers.act", kinds: "provider");
        offers.MapGet("", ListAsync).Records(LedgerActions.OffersListed).WithName("ListOffers");
        offers.MapGet("/{offerId:guid}", OneAsync).Records(LedgerActions.OfferRead).WithName("GetOffer");
    }

    /// <summary>Lists the provider's offers: those that wait for an answer first, what is due soonest before; then the newest.</summary>
    /// <param name="state">Only those in this state.</param>
    /// <param name="urgency">Only those of this urgency.</param>
    /// <param name="type">Only those of this type.</param>
    private static async Task<Results<Ok<Page<OfferView>>, ProblemHttpResult>> ListAsync(Request request, CaseServicesDb db, [AsParameters] PageQuery page, [AsParameters] WorkQuery work,
        [CodeOf(typeof(OfferStates))] string? state, [CodeOf(typeof(Urgencies))] string? urgency, [CodeOf(typeof(NeedTypes))] string? type, CancellationToken cancellation)
    {
        var errors = new ValidationErrors().Check("state", state, [.. OfferStates.All]).Check("urgency", urgency, Urgencies.All).Check("type", type, NeedTypes.All);
        var after = WorkPosition.After(page, errors);
        if (errors.Any)
            return errors.ToProblem();
        var provider = request.Caller.Organization.Id;
        var offers = db.Offers.Where(o => o.Provider == provider);
        if (state is not null)
            offers = offers.Where(o => o.State == state);
        if (urgency is not null)
            offers = offers.Where(o => o.Urgency == urgency);
        if (type is not null)
            offers = offers.Where(o => o.Type == type);
        var found = page.Of(await List.ReadAsync(offers, work, after, page.Size + 1, cancellation), OfferView.Of, o => new WorkPosition(o.DueAt, o.MadeAt, o.OfferId).Key);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows an offer: what is needed, and nothing that says who the child is.</summary>
    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> OneAsync(Guid offerId, Request request, UnitStore store, CancellationToken cancellation)
    {
        if (await store.FindAsync(request.Caller, offerId, cancellation) is not { } offer)
            return Problem.NotFound("offer");
        request.Records(offerId, offer.ReportId, further: entry => entry.Tier = "T0");
        return TypedResults.Ok(OfferView.Of(offer));
    }

    /// <summary>The offer, when it was made to the caller.</summary>
    public static async Task<Offer?> FindAsync(this UnitStore store, Caller caller, Guid offerId, CancellationToken cancellation) =>
        await store.FindAsync<Offer>(Reader.Of(caller), offerId, cancellation) is { } offer && caller.Organization.Is(Organization.Provider, offer.Provider) ? offer : null;
}
