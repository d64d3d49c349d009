using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.CaseServices.Needs;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;
using NeedSaga = SafeHarbor.Messaging.Sagas.SagaCommands<SafeHarbor.CaseServices.Needs.NeedMachine, SafeHarbor.CaseServices.Needs.Need>;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>
/// <c>POST /v1/offers/{id}/accept</c> and <c>/decline</c>. The need's saga decides under its lock; the answer is the offer as it is then. An
/// offer that is settled stays so, and the same answer again gets the same reply.
/// </summary>
internal static class AnswerOffer
{
    private sealed record Refusal(string? Reason);

    public static void Map(IEndpointRouteBuilder app)
    {
        var offer = app.MapGroup("/v1/offers/{id}").RequireScope("offers.act", kinds: "provider");
        offer.MapPost("/accept", AcceptAsync);
        offer.MapPost("/decline", DeclineAsync);
    }

    private static Task<Results<Ok<OfferView>, ProblemHttpResult>> AcceptAsync(Caller caller, Store store, NeedSaga needs, TimeProvider time, Guid id,
        CancellationToken cancellation) =>
        AnswerAsync(caller, store, id, OfferStates.Accepted, (offer, mayAct) =>
            needs.RaiseAsync(offer.NeedId, m => m.Accepting, new AcceptOffer(offer.NeedId, id), mayAct,
                need => Entry(caller, LedgerActions.OfferAccepted, time, id, need), cancellation), cancellation);

    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> DeclineAsync(Caller caller, Store store, NeedSaga needs, TimeProvider time, Guid id, Refusal body,
        CancellationToken cancellation)
    {
        if (body.Reason is not { } reason || !DeclineReasons.All.Contains(reason))
            return new ValidationErrors().Add("/reason", "unknown-code", $"Give one of {string.Join(", ", DeclineReasons.All)}.").ToProblem();
        return await AnswerAsync(caller, store, id, OfferStates.Declined, (offer, mayAct) =>
            needs.RaiseAsync(offer.NeedId, m => m.Declining, new DeclineOffer(offer.NeedId, id, reason), mayAct,
                need => Entry(caller, LedgerActions.OfferDeclined, time, id, need, new { reason }), cancellation), cancellation);
    }

    private static LedgerEntry Entry(Caller caller, string action, TimeProvider time, Guid offer, Need need, object? facts = null) =>
        LedgerEntry.By(caller, action, time.GetUtcNow(), offer, need.ReportId, facts);

    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> AnswerAsync(Caller caller, Store store, Guid id, string answer,
        Func<Offer, Func<Need, bool>, Task<CommandResult<Need>>> raise, CancellationToken cancellation)
    {
        if (await store.FindAsync(caller, id, cancellation) is not { } offer)
            return Problem.NotFound("offer");
        if (offer.State == OfferStates.Offered)
        {
            await raise(offer, need => need.Asked.Contains(caller.Organization.Id));
            offer = (await store.FindAsync(caller, id, cancellation))!;
        }
        return offer.State == answer ? TypedResults.Ok(OfferView.Of(offer)) : TooLate(offer.State);
    }

    private static ProblemHttpResult TooLate(string state) => state switch
    {
        OfferStates.Accepted => Problem.Conflict("offer-accepted",
            "Your organization has accepted this offer. If it cannot meet the need after all, call the county's worker at once."),
        OfferStates.Declined => Problem.Conflict("offer-declined", "Your organization has declined this offer, and the next provider was asked. Wait for the next offer."),
        OfferStates.Expired => Problem.Conflict("offer-expired", "The time for an answer ended, and the next provider was asked. Wait for the next offer."),
        OfferStates.Withdrawn => Problem.Conflict("offer-withdrawn",
            "The offer was taken back because its notice could not be delivered to your organization, and the next provider was asked. Check your endpoints."),
        _ => Problem.Conflict("offer-not-answered", "The offer could not be answered just now. Send the same request again."),
    };
}
