using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CaseServices.Offers;

/// <summary><c>GET /v1/offers</c> and <c>GET /v1/offers/{id}</c>: a provider's own offers, oldest first.</summary>
internal static class ReadOffers
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var offers = app.MapGroup("/v1/offers").RequireScope("offers.act", kinds: "provider");
        offers.MapGet("", ListAsync);
        offers.MapGet("/{id}", OneAsync);
    }

    private static async Task<Results<Ok<Page<OfferView>>, ProblemHttpResult>> ListAsync(Caller caller, CaseServicesDb db, Store store, TimeProvider time, string? state, Guid? after,
        int? limit, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var size = Page.Size(limit, errors);
        if (state is not null && !OfferStates.All.Contains(state))
            errors.AddParameter("state", "unknown-code", $"Give one of {string.Join(", ", OfferStates.All)}.");
        if (errors.Any)
            return errors.ToProblem();
        var found = await db.Offers
            .Where(o => o.Provider == caller.Organization.Id && (state == null || o.State == state) && (after == null || o.OfferId > after))
            .OrderBy(o => o.OfferId).Take(size + 1).ToListAsync(cancellation);
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.OffersListed, time.GetUtcNow(), facts: new { count = Math.Min(found.Count, size) }), cancellation);
        return TypedResults.Ok(Page.Of(found, size, OfferView.Of, o => o.OfferId.ToString()));
    }

    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> OneAsync(Caller caller, Store store, TimeProvider time, Guid id,
        CancellationToken cancellation)
    {
        if (await store.FindAsync(caller, id, cancellation) is not { } offer)
            return Problem.NotFound("offer");
        var entry = LedgerEntry.By(caller, LedgerActions.OfferRead, time.GetUtcNow(), id, offer.ReportId);
        entry.Tier = "T0";
        await store.RecordAsync(entry, cancellation);
        return TypedResults.Ok(OfferView.Of(offer));
    }

    /// <summary>The offer, when it was made to the caller.</summary>
    public static async Task<Offer?> FindAsync(this Store store, Caller caller, Guid id, CancellationToken cancellation) =>
        await store.FindAsync<Offer>(Reader.Of(caller), id, cancellation) is { } offer && caller.Organization.Is(Organization.Provider, offer.Provider) ? offer : null;
}
