using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.Intake.Receipts;

/// <summary>A need of a child and how far it has come.</summary>
/// <param name="NeedId">The need.</param>
/// <param name="Type">What is needed.</param>
/// <param name="State">How far it has come.</param>
public sealed record ReceiptNeed(Guid NeedId, [CodeOf(typeof(NeedTypes))] string Type, [CodeOf(typeof(ReceiptNeedStates))] string State)
{
    public static ReceiptNeed Of(RequestedNeed need, IReadOnlyList<IEncounterEvent> events) =>
        new(need.NeedId, need.Type, StateOf([.. events.OfType<INeedEvent>().Where(e => e.NeedId == need.NeedId)]));

    private static string StateOf(IReadOnlyList<INeedEvent> events)
    {
        if (events.Any(e => e is NeedCompleted))
            return ReceiptNeedStates.Completed;
        if (events.Any(e => e is NeedEngaged))
            return ReceiptNeedStates.Engaged;
        if (events.Any(e => e is OfferAccepted))
            return ReceiptNeedStates.Accepted;
        var unfilledAt = events.OfType<NeedUnfilled>().Max(e => (DateTimeOffset?)e.At);
        var ended = events.Select(e => e switch
        {
            OfferDeclined declined => declined.OfferId,
            OfferExpired expired => expired.OfferId,
            OfferWithdrawn withdrawn => withdrawn.OfferId,
            _ => (Guid?)null,
        }).ToHashSet();
        if (events.OfType<OfferMade>().Any(e => !ended.Contains(e.OfferId) && !(e.At <= unfilledAt)))
            return ReceiptNeedStates.Offered;
        if (unfilledAt is not null)
            return ReceiptNeedStates.Unfilled;
        // When an offer ends the next one follows in the same transaction, or that nobody is left.
        return events.Any(e => e is OfferMade) ? ReceiptNeedStates.Offered : ReceiptNeedStates.Open;
    }
}
