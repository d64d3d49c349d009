using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;

namespace SafeHarbor.CaseServices.Offers;

/// <summary><c>GET /v1/offers</c> and <c>GET /v1/offers/{id}</c>: a provider's own offers, oldest first.</summary>
internal static class ReadOffers
{
    public static void MapReadOffers(this IEndpointRouteBuilder routes)
    {
        var offers = routes.MapGroup("/v1/offers").RequireScope("offers.act", kinds: "provider");
        offers.MapGet("", ListAsync).Records(LedgerActions.OffersListed).WithName("ListOffers");
        offers.MapGet("/{id:guid}", OneAsync).Records(LedgerActions.OfferRead).WithName("GetOffer");
    }

    /// <summary>Lists the provider's offers, the oldest first.</summary>
    /// <param name="state">Only those in this state.</param>
    private static async Task<Results<Ok<Page<OfferView>>, ProblemHttpResult>> ListAsync(Request request, CaseServicesDb db, [AsParameters] PageQuery page, [CodeOf(typeof(OfferStates))] string? state,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<Guid>(errors);
        if (state is not null && !OfferStates.All.Contains(state))
            errors.AddUnknownValue("state", state, OfferStates.All);
        if (errors.Any)
            return errors.ToProblem();
        var provider = request.Caller.Organization.Id;
        var found = page.Of(await db.Offers.Where(o => o.Provider == provider && (state == null || o.State == state) && (after == null || o.OfferId > after))
            .OrderBy(o => o.OfferId).Take(page.Size + 1).ToListAsync(cancellation), OfferView.Of, o => o.OfferId);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows an offer: what is needed, and nothing that says who the child is.</summary>
    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> OneAsync(Guid id, Request request, UnitStore store, CancellationToken cancellation)
    {
        if (await store.FindAsync(request.Caller, id, cancellation) is not { } offer)
            return Problem.NotFound("offer");
        request.Records(id, offer.ReportId, further: entry => entry.Tier = "T0");
        return TypedResults.Ok(OfferView.Of(offer));
    }

    /// <summary>The offer, when it was made to the caller.</summary>
    public static async Task<Offer?> FindAsync(this UnitStore store, Caller caller, Guid id, CancellationToken cancellation) =>
        await store.FindAsync<Offer>(Reader.Of(caller), id, cancellation) is { } offer && caller.Organization.Is(Organization.Provider, offer.Provider) ? offer : null;
}
