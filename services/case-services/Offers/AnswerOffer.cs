using System.ComponentModel.DataAnnotations;
using MassTransit;
using SafeHarbor.CaseServices.Needs;
using NeedSaga = SafeHarbor.Messaging.Sagas.SagaCommands<SafeHarbor.CaseServices.Needs.NeedMachine, SafeHarbor.CaseServices.Needs.Need>;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>
/// <c>POST /v1/offers/{offerId}/accept</c> and <c>/decline</c>. The need's saga decides under its lock; the answer is the offer as it is then. An
/// offer that is settled stays so, and the same answer again gets the same reply. An acceptance that comes too late is taken while nobody has the need: the
/// answer is then a new offer, accepted.
/// </summary>
internal static class AnswerOffer
{
    private const string Settled = "An offer is settled once; the same answer again gets the same reply.";

    /// <summary>Why a provider does not take a need.</summary>
    /// <param name="Reason">One of <see cref="DeclineReasons"/>.</param>
    public sealed record OfferRefusal([Required, CodeOf(typeof(DeclineReasons))] string? Reason);

    public static void MapAnswerOffer(this IEndpointRouteBuilder routes)
    {
        var offer = routes.MapGroup("/v1/offers/{offerId:guid}").RequireScope("offers.act", kinds: "provider");
        offer.MapPost("/accept", AcceptAsync).Records(LedgerActions.OfferAccepted).Repeatable(Settled)
            .Problems(StatusCodes.Status409Conflict, "offer-declined", "offer-expired", "offer-withdrawn", "offer-not-answered").WithName("AcceptOffer");
        offer.MapPost("/decline", DeclineAsync).Records(LedgerActions.OfferDeclined).Repeatable(Settled)
            .Problems(StatusCodes.Status409Conflict, "offer-accepted", "offer-expired", "offer-withdrawn", "offer-not-answered").Checks<OfferRefusal>(Check).WithName("DeclineOffer");
    }

    private static ValidationErrors Check(OfferRefusal body, HttpContext http) =>
        DeclineReasons.All.Contains(body.Reason) ? new() : new ValidationErrors().AddUnknownCode("/reason", body.Reason, DeclineReasons.All);

    /// <summary>Takes a need. The answer names the report, which may be read from now on. An acceptance that comes too late is taken while nobody has the need: the answer is then a new offer, accepted.</summary>
    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> AcceptAsync(Guid offerId, Request request, UnitStore store, NeedSaga needs, CancellationToken cancellation)
    {
        if (await AnswerAsync(offerId, m => m.Accepting, new AcceptOffer(offerId), null, request, store, needs, cancellation) is not { } offer)
            return Problem.NotFound("offer");
        if (offer.State is OfferStates.Expired or OfferStates.Withdrawn)
            offer = await AcceptLateAsync(offer, request, store, needs, cancellation);
        return offer.State == OfferStates.Accepted ? TypedResults.Ok(OfferView.Of(offer)) : TooLate(offer.State);
    }

    /// <summary>Does not take a need, and the next provider is asked.</summary>
    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> DeclineAsync(Guid offerId, OfferRefusal body, Request request, UnitStore store, NeedSaga needs,
        CancellationToken cancellation)
    {
        var reason = body.Reason!;
        if (await AnswerAsync(offerId, m => m.Declining, new DeclineOffer(offerId, reason), new { reason }, request, store, needs, cancellation) is not { } offer)
            return Problem.NotFound("offer");
        return offer.State == OfferStates.Declined ? TypedResults.Ok(OfferView.Of(offer)) : TooLate(offer.State);
    }

    /// <returns>The offer as it is then; null when there is none for the caller.</returns>
    private static async Task<Offer?> AnswerAsync<T>(Guid offerId, Func<NeedMachine, Event<T>> @event, T command, object? facts, Request request, UnitStore store, NeedSaga needs,
        CancellationToken cancellation) where T : class
    {
        var caller = request.Caller;
        if (await store.FindAsync(caller, offerId, cancellation) is not { } offer)
            return null;
        var raised = CommandOutcome.DoneBefore;
        if (offer.State == OfferStates.Offered)
        {
            (raised, _) = await needs.RaiseAsync(offer.NeedId, @event, command, WasAsked(caller), need => request.TakeEntry().Describe(offerId, need.ReportId, facts), cancellation);
            offer = (await store.FindAsync(caller, offerId, cancellation))!;
        }
        if (raised != CommandOutcome.Done)
            request.RecordsNothingNew();
        return offer;
    }

    /// <returns>The offer that the provider has accepted now, or accepted late before; the one that it was too late for when another provider has the need.</returns>
    private static async Task<Offer> AcceptLateAsync(Offer late, Request request, UnitStore store, NeedSaga needs, CancellationToken cancellation)
    {
        var caller = request.Caller;
        var (_, need) = await needs.RaiseAsync(late.NeedId, m => m.AcceptingLate, new AcceptOfferLate(caller.Organization.Id), WasAsked(caller),
            need => request.TakeEntry().Describe(need.OfferId, need.ReportId, new { late = late.OfferId }), cancellation);
        return need?.AcceptedBy == caller.Organization.Id ? (await store.FindAsync(caller, need.OfferId!.Value, cancellation))! : late;
    }

    private static Func<Need, bool> WasAsked(Caller caller) => need => need.Asked.Any(a => a.Provider == caller.Organization.Id);

    private static ProblemHttpResult TooLate(string state) => state switch
    {
        OfferStates.Accepted => Problem.Conflict("offer-accepted",
            "Your organization has accepted this offer. If it cannot meet the need after all, call the county's worker at once."),
        OfferStates.Declined => Problem.Conflict("offer-declined", "Your organization has declined this offer, and the next provider was asked. Wait for the next offer."),
        OfferStates.Expired => Problem.Conflict("offer-expired", "The time for an answer ended, and the need went on to another provider. Wait for the next offer."),
        OfferStates.Withdrawn => Problem.Conflict("offer-withdrawn",
            "The offer was taken back, because its notice could not be delivered or another provider took the need, and the need went on. Check your endpoints."),
        _ => Problem.Conflict("offer-not-answered", "The offer could not be answered just now. Send the same request again."),
    };
}
