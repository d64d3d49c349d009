using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Contracts.Notification;

namespace SafeHarbor.Bench.Raw;

/// <summary>One message of a plain journey.</summary>
/// <param name="Name">For this table alone.</param>
/// <param name="Bytes">Of its body, as a real one has.</param>
/// <param name="After">The message whose delivery makes it; none for the first.</param>
/// <param name="At">The queue of that delivery. What people do between a webhook and their acceptance takes no time here.</param>
/// <param name="Event">Its contract, when it goes to everybody who subscribes.</param>
/// <param name="Queue">Where it goes, when it goes to one queue.</param>
internal sealed record Hop(string Name, int Bytes, string? After = null, string? At = null, Type? Event = null, string? Queue = null)
{
    /// <summary>The queues that get it.</summary>
    public IEnumerable<string> Queues => Queue is not null ? [Queue] : Subscriptions.All.Where(s => s.Messages.Contains(Event!)).Select(s => s.Queue);
}

/// <summary>A plain journey as a table of messages; a test holds it against a real one.</summary>
internal static class Chain
{
    public static readonly IReadOnlyList<Hop> Hops =
    [
        new("report", 549, Event: typeof(EncounterReported)),
        new("handoff", 1075, "report", "county-routing-jurisdiction", typeof(HandoffOpened)),
        new("county's grant", 316, "handoff", "county-routing-handoff", typeof(DisclosureGranted)),
        new("county's notice", 525, "handoff", "county-routing-handoff", typeof(NoticeRequested)),
        new("need", 396, "handoff", "case-services-referral", typeof(NeedOpened)),
        new("offer", 314, "need", "case-services-need", typeof(OfferMade)),
        new("provider's notice", 474, "need", "case-services-need", typeof(NoticeRequested)),
        new("county was told", 240, "county's notice", "notification-notice", typeof(NoticeDelivered)),
        new("county accepts", 571, "county's notice", "notification-notice", typeof(HandoffAccepted)),
        new("provider was told", 249, "provider's notice", "notification-notice", typeof(NoticeDelivered)),
        new("provider accepts", 267, "provider's notice", "notification-notice", typeof(OfferAccepted)),
        new("provider's grant", 321, "provider's notice", "notification-notice", typeof(DisclosureGranted)),
    ];

    public static int Messages => Hops.Count;

    public static int Deliveries => Hops.Sum(hop => hop.Queues.Count());

    /// <summary>What the delivery of a message to a queue makes.</summary>
    public static IEnumerable<int> Following(int hop, string queue) =>
        Hops.Index().Where(next => next.Item.After == Hops[hop].Name && next.Item.At == queue).Select(next => next.Index);
}
