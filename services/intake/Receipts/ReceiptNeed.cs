using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Timeline;

namespace SafeHarbor.Intake.Receipts;

/// <summary>A need of a child and how far it has come.</summary>
public sealed record ReceiptNeed(Guid NeedId, string Type, string State)
{
    public const string Completed = "COMPLETED";

    public static ReceiptNeed Of(RequestedNeed need, IReadOnlyList<TimelineEntry> timeline) =>
        new(need.NeedId, need.Type, StateOf([.. timeline.Where(e => e.Id("needId") == need.NeedId)]));

    private static string StateOf(IReadOnlyList<TimelineEntry> events)
    {
        bool Seen<T>() where T : IEncounterEvent => events.Any(e => e.Is<T>());
        if (Seen<NeedCompleted>())
            return Completed;
        if (Seen<NeedEngaged>())
            return "ENGAGED";
        if (Seen<OfferAccepted>())
            return "ACCEPTED";
        var unfilledAt = events.Where(e => e.Is<NeedUnfilled>()).Max(e => (DateTimeOffset?)e.At);
        var ended = events.Where(e => e.Is<OfferDeclined>() || e.Is<OfferExpired>()).Select(e => e.Id("offerId")).ToHashSet();
        if (events.Any(e => e.Is<OfferMade>() && !ended.Contains(e.Id("offerId")) && !(e.At <= unfilledAt)))
            return "OFFERED";
        return unfilledAt is null ? "OPEN" : "UNFILLED";
    }
}
