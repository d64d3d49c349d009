using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.Intake.Receipts;

/// <summary>A need of a child and how far it has come.</summary>
public sealed record ReceiptNeed(Guid NeedId, string Type, string State)
{
    public const string Completed = "COMPLETED";

    public static ReceiptNeed Of(RequestedNeed need, IReadOnlyList<IEncounterEvent> events) =>
        new(need.NeedId, need.Type, StateOf([.. events.OfType<INeedEvent>().Where(e => e.NeedId == need.NeedId)]));

    private static string StateOf(IReadOnlyList<INeedEvent> events)
    {
        if (events.Any(e => e is NeedCompleted))
            return Completed;
        if (events.Any(e => e is NeedEngaged))
            return "ENGAGED";
        if (events.Any(e => e is OfferAccepted))
            return "ACCEPTED";
        var unfilledAt = events.OfType<NeedUnfilled>().Max(e => (DateTimeOffset?)e.At);
        var ended = events.Select(e => e switch
        {
            OfferDeclined declined => declined.OfferId,
            OfferExpired expired => expired.OfferId,
            OfferWithdrawn withdrawn => withdrawn.OfferId,
            _ => (Guid?)null,
        }).ToHashSet();
        if (events.OfType<OfferMade>().Any(e => !ended.Contains(e.OfferId) && !(e.At <= unfilledAt)))
            return "OFFERED";
        if (unfilledAt is not null)
            return "UNFILLED";
        // When an offer ends the next one follows in the same transaction, or that nobody is left.
        return events.Any(e => e is OfferMade) ? "OFFERED" : "OPEN";
    }
}
