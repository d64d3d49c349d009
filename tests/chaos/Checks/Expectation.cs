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
        end["handoff.opened"] = handoffs;
        end["need.opened"] = accepted;
        end["need.engaged"] = accepted;
        end["offer.declined"] = end.GetValueOrDefault("offer.declined");
        end["offer.expired"] = end.GetValueOrDefault("offer.expired");
        end["offer.made"] = accepted + end["offer.declined"] + end["offer.expired"];
        // Each county reads under a grant, and each provider that has accepted.
        end["disclosure.granted"] = handoffs + accepted;
        end["jurisdiction.undetermined"] = end.GetValueOrDefault("jurisdiction.undetermined");
        end["jurisdiction.assigned"] = end.GetValueOrDefault("jurisdiction.assigned");
        return end;
    }
}
