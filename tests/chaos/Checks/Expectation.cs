using SafeHarbor.Load;

namespace SafeHarbor.Chaos.Checks;

/// <summary>What the end of a journey looks like.</summary>
internal static class Expectation
{
    /// <summary>How often each event must be on the timeline of an encounter of this kind in the end: neither less nor more.</summary>
    public static IReadOnlyDictionary<string, int> TimelineOf(ReportKind kind)
    {
        var end = new Dictionary<string, int>(kind.SeenThrough);
        var (handoffs, accepted) = (end["handoff.accepted"], end["offer.accepted"]);
        end["encounter.reported"] = 1;
        foreach (var decision in new[] { "jurisdiction.undetermined", "jurisdiction.assigned", "jurisdiction.claimed", "handoff.confirmed", "handoff.withdrawn", "disclosure.ended" })
            end[decision] = end.GetValueOrDefault(decision);
        end["handoff.opened"] = handoffs + end["handoff.withdrawn"];
        end["need.opened"] = accepted;
        end["need.engaged"] = accepted;
        end["offer.declined"] = end.GetValueOrDefault("offer.declined");
        end["offer.expired"] = end.GetValueOrDefault("offer.expired");
        end["offer.made"] = accepted + end["offer.declined"] + end["offer.expired"];
        // Each county reads under a grant, and each provider that has accepted, and the desk what it decides by.
        end["disclosure.granted"] = handoffs + accepted + end["jurisdiction.undetermined"];
        return end;
    }
}
