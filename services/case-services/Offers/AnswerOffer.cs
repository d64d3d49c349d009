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
        return offer.State == OfferStates.Accepted ? TypedResults.Ok(OfferView.Of(offer)) : AcceptRefused(offer);
    }

    /// <summary>Does not take a need, and the next provider is asked.</summary>
    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> DeclineAsync(Guid offerId, OfferRefusal body, Request request, UnitStore store, NeedSaga needs,
        CancellationToken cancellation)
    {
        var reason = body.Reason!;
        if (await AnswerAsync(offerId, m => m.Declining, new DeclineOffer(offerId, reason), new { reason }, request, store, needs, cancellation) is not { } offer)
            return Problem.NotFound("offer");
        return offer.State == OfferStates.Declined ? TypedResults.Ok(OfferView.Of(offer)) : DeclineRefused(offer);
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

    /// <summary>Why an offer is not accepted any more; one whose time was over or that was taken back only when another provider has the need, or this one may not have it.</summary>
    internal static ProblemHttpResult AcceptRefused(Offer offer) => offer.State switch
    {
        OfferStates.Declined => Problem.Conflict("offer-declined",
            "Your organization has declined this offer, and others are asked. If it can take the need after all, call the county: while nobody has it, the county can have everybody asked again."),
        OfferStates.Expired => Problem.Conflict("offer-expired",
            "The time for an answer has ended, and another provider has the need, or your contract with the county has ended. Nothing need be done; GET /v1/offers lists what waits for you."),
        OfferStates.Withdrawn => Withdrawn(offer),
        _ => Unanswered(),
    };

    /// <summary>Why an offer is not declined any more.</summary>
    internal static ProblemHttpResult DeclineRefused(Offer offer) => offer.State switch
    {
        OfferStates.Accepted => Problem.Conflict("offer-accepted",
            "Your organization has accepted this offer. If it cannot meet the need after all, call the county at once: GET /v1/needs/{needId} names it."),
        OfferStates.Expired => Problem.Conflict("offer-expired",
            "The time for an answer has ended, and others are asked: there is nothing to decline any more. While nobody has the need, POST /v1/offers/{offerId}/accept still takes it."),
        OfferStates.Withdrawn => Withdrawn(offer),
        _ => Unanswered(),
    };

    private static ProblemHttpResult Withdrawn(Offer offer) => Problem.Conflict("offer-withdrawn", offer.Reason == WithdrawalReasons.Filled
        ? "The offer was taken back, because another provider has taken the need. Nothing need be done; GET /v1/offers lists what waits for you."
        : "The offer was taken back, because its notice could not be delivered, and the need went on. Test your endpoints with POST /v1/endpoints/{endpointId}/test at notification; GET /v1/offers lists what waits for you.");

    private static ProblemHttpResult Unanswered() =>
        Problem.Conflict("offer-not-answered", "The offer could not be answered just now. Send the same request again; GET /v1/offers/{offerId} says what has become of it.");
}
