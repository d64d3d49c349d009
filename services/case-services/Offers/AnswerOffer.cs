using MassTransit;
using SafeHarbor.CaseServices.Needs;
using NeedSaga = SafeHarbor.Messaging.Sagas.SagaCommands<SafeHarbor.CaseServices.Needs.NeedMachine, SafeHarbor.CaseServices.Needs.Need>;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>
/// <c>POST /v1/offers/{id}/accept</c> and <c>/decline</c>. The need's saga decides under its lock; the answer is the offer as it is then. An
/// offer that is settled stays so, and the same answer again gets the same reply.
/// </summary>
internal static class AnswerOffer
{
    private const string Settled = "An offer is settled once; the same answer again gets the same reply.";

    /// <summary>Why a provider does not take a need.</summary>
    /// <param name="Reason">One of <see cref="DeclineReasons"/>.</param>
    public sealed record OfferRefusal(string? Reason);

    public static void MapAnswerOffer(this IEndpointRouteBuilder routes)
    {
        var offer = routes.MapGroup("/v1/offers/{id:guid}").RequireScope("offers.act", kinds: "provider");
        offer.MapPost("/accept", AcceptAsync).Records(LedgerActions.OfferAccepted).Repeatable(Settled);
        offer.MapPost("/decline", DeclineAsync).Records(LedgerActions.OfferDeclined).Repeatable(Settled);
    }

    private static Task<Results<Ok<OfferView>, ProblemHttpResult>> AcceptAsync(Guid id, Request request, UnitStore store, NeedSaga needs, CancellationToken cancellation) =>
        AnswerAsync(id, OfferStates.Accepted, m => m.Accepting, new AcceptOffer(id), null, request, store, needs, cancellation);

    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> DeclineAsync(Guid id, OfferRefusal body, Request request, UnitStore store, NeedSaga needs,
        CancellationToken cancellation)
    {
        if (body.Reason is not { } reason || !DeclineReasons.All.Contains(reason))
            return new ValidationErrors().Add("/reason", "unknown-code", $"Give one of {string.Join(", ", DeclineReasons.All)}.").ToProblem();
        return await AnswerAsync(id, OfferStates.Declined, m => m.Declining, new DeclineOffer(id, reason), new { reason }, request, store, needs, cancellation);
    }

    private static async Task<Results<Ok<OfferView>, ProblemHttpResult>> AnswerAsync<T>(Guid id, string answer, Func<NeedMachine, Event<T>> @event, T command, object? facts,
        Request request, UnitStore store, NeedSaga needs, CancellationToken cancellation) where T : class
    {
        var caller = request.Caller;
        if (await store.FindAsync(caller, id, cancellation) is not { } offer)
            return Problem.NotFound("offer");
        var raised = CommandOutcome.DoneBefore;
        if (offer.State == OfferStates.Offered)
        {
            (raised, _) = await needs.RaiseAsync(offer.NeedId, @event, command, need => need.Asked.Contains(caller.Organization.Id),
                need => request.TakeEntry().Describe(id, need.ReportId, facts), cancellation);
            offer = (await store.FindAsync(caller, id, cancellation))!;
        }
        if (raised != CommandOutcome.Done)
            request.RecordsNothingNew();
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
