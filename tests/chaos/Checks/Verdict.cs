using SafeHarbor.Load;

namespace SafeHarbor.Chaos.Checks;

/// <summary>Holds the system's evidence against what the world outside was told.</summary>
internal static class Verdict
{
    // These may come again on purpose, while somebody is silent.
    private static readonly string[] Reminders = ["handoff.escalated", "need.unfilled", "need.unengaged", "jurisdiction.undetermined"];

    /// <summary>Everything that is wrong; nothing when all is well.</summary>
    public static IReadOnlyList<Finding> Of(
        IReadOnlyDictionary<Guid, ReportKind> acknowledged, IReadOnlyDictionary<Guid, int> webhooks, IReadOnlyDictionary<Guid, string> poison, Evidence evidence) =>
    [
        .. Encounters(acknowledged, evidence),
        .. Timelines(acknowledged, evidence),
        .. Handoffs(acknowledged, evidence),
        .. Needs(evidence),
        .. Webhooks(webhooks, evidence),
        .. Parked(poison, evidence),
        .. evidence.Unfinished.Select(work => new Finding(Wrong.Unfinished, null, work)),
    ];

    private static IEnumerable<Finding> Encounters(IReadOnlyDictionary<Guid, ReportKind> acknowledged, Evidence evidence)
    {
        var stored = evidence.Encounters.ToHashSet();
        foreach (var encounter in acknowledged.Keys.Where(encounter => !stored.Contains(encounter)))
            yield return new(Wrong.Lost, encounter, "acknowledged with 201 and not stored");
        // Every report was repeated until it was acknowledged: what is stored besides was stored twice.
        foreach (var encounter in stored.Where(encounter => !acknowledged.ContainsKey(encounter)))
            yield return new(Wrong.Duplicate, encounter, "stored and never acknowledged");
    }

    private static IEnumerable<Finding> Timelines(IReadOnlyDictionary<Guid, ReportKind> acknowledged, Evidence evidence)
    {
        foreach (var line in evidence.Timeline.Where(line => line.Times > 1))
            yield return new(Wrong.Duplicate, line.Encounter, $"{line.Type} of {line.Subject} is on the timeline {line.Times} times");
        var counts = evidence.Timeline.GroupBy(line => line.Encounter)
            .ToDictionary(lines => lines.Key, lines => lines.GroupBy(line => line.Type).ToDictionary(type => type.Key, type => type.Count()));
        foreach (var (encounter, kind) in acknowledged)
            foreach (var (type, times) in Expectation.TimelineOf(kind))
                if (counts.GetValueOrDefault(encounter)?.GetValueOrDefault(type) is var there && (there ?? 0) != times)
                    yield return new(there > times ? Wrong.Duplicate : Wrong.Lost, encounter, $"{type} is there {there ?? 0} times instead of {times} ({kind})");
    }

    private static IEnumerable<Finding> Handoffs(IReadOnlyDictionary<Guid, ReportKind> acknowledged, Evidence evidence)
    {
        foreach (var recipient in evidence.Handoffs.GroupBy(handoff => (handoff.Encounter, handoff.Report, handoff.County)))
            if (recipient.Count() > 1)
                yield return new(Wrong.Duplicate, recipient.Key.Encounter, $"county {recipient.Key.County} has {recipient.Count()} handoffs of report {recipient.Key.Report}");
        foreach (var open in evidence.Handoffs.Where(handoff => handoff.State is not ("ACCEPTED" or "WITHDRAWN")))
            yield return new(Wrong.Lost, open.Encounter, $"the handoff to {open.County} is {open.State}");
        var handoffs = evidence.Handoffs.Where(handoff => handoff.State != "WITHDRAWN").ToLookup(handoff => handoff.Encounter);
        foreach (var (encounter, kind) in acknowledged)
            if (handoffs[encounter].DistinctBy(handoff => (handoff.Report, handoff.County)).Count() is var there && there != kind.Accepted["handoff.accepted"])
                yield return new(there > kind.Accepted["handoff.accepted"] ? Wrong.Duplicate : Wrong.Lost, encounter, $"{there} recipients instead of {kind.Accepted["handoff.accepted"]}");
    }

    private static IEnumerable<Finding> Needs(Evidence evidence) =>
        from need in evidence.Needs
        where need.AcceptedOffers != 1
        select new Finding(need.AcceptedOffers > 1 ? Wrong.Duplicate : Wrong.Lost, need.Encounter, $"need {need.Need} is {need.State} with {need.AcceptedOffers} accepted offers");

    private static IEnumerable<Finding> Webhooks(IReadOnlyDictionary<Guid, int> received, Evidence evidence)
    {
        foreach (var silent in evidence.SilentNotices)
            yield return new(Wrong.Lost, silent.Encounter, $"notice {silent.Type} to {silent.Organization} was never to be sent: {silent.State}");
        foreach (var delivery in evidence.Deliveries)
            if (delivery.State != "DELIVERED" || !received.ContainsKey(delivery.Id))
                yield return new(Wrong.Lost, delivery.Encounter,
                    $"webhook {delivery.Id} ({delivery.Type}) to {delivery.Organization} is {delivery.State} and {(received.ContainsKey(delivery.Id) ? "came" : "never came")}");
        foreach (var same in evidence.Deliveries.Where(d => !Reminders.Contains(d.Type)).GroupBy(d => (d.Encounter, d.Organization, d.Type, d.Subject)))
            if (same.Count() > 1)
                yield return new(Wrong.Duplicate, same.Key.Encounter, $"{same.Key.Organization} was told {same.Key.Type} of {same.Key.Subject} under {same.Count()} ids");
        var known = evidence.Deliveries.Select(delivery => delivery.Id).ToHashSet();
        foreach (var id in received.Keys.Where(id => !known.Contains(id)))
            yield return new(Wrong.Duplicate, null, $"webhook {id} came, and notification knows nothing of it");
    }

    private static IEnumerable<Finding> Parked(IReadOnlyDictionary<Guid, string> poison, Evidence evidence)
    {
        foreach (var message in evidence.Parked.Where(message => message.Id is not { } id || !poison.ContainsKey(id)))
            yield return new(Wrong.Parked, null, $"{message.Where} holds {message.Id} {message.What}");
        var times = evidence.Parked.Where(message => message.Id is not null).CountBy(message => message.Id!.Value).ToDictionary();
        foreach (var (id, queue) in poison)
            if (times.GetValueOrDefault(id) is var there && there != 1)
                yield return new(Wrong.Parked, null, $"the poison {id} of {queue} is parked {there} times instead of once");
    }
}
