using SafeHarbor.Local.Demo;

namespace SafeHarbor.Load;

/// <summary>A kind of encounter to report, and what its timeline shows when its journey has ended.</summary>
public sealed record ReportKind
{
    private readonly SampleEncounter _encounter;

    private ReportKind(string name, SampleEncounter encounter, params (string Type, int Times)[] end) => (Name, _encounter, Accepted) = (name, encounter, end.ToDictionary());

    public string Name { get; }

    /// <summary>The end when providers only accept: so many entries of each type.</summary>
    public IReadOnlyDictionary<string, int> Accepted { get; }

    /// <summary>The end when providers also see it through.</summary>
    public IReadOnlyDictionary<string, int> SeenThrough => new Dictionary<string, int>(Accepted) { ["need.completed"] = Accepted["offer.accepted"] };

    /// <summary>Los Angeles, one child, one need: what is measured.</summary>
    public static readonly ReportKind Plain = new("plain",
        new() { Latitude = 34.05, Longitude = -118.25, Needs = ["ADVOCATE"] },
        ("handoff.accepted", 1), ("offer.accepted", 1));

    public static readonly ReportKind ThreeNeeds = new("three needs",
        new() { Latitude = 34.05, Longitude = -118.25, CustodyTaken = true, Needs = ["ADVOCATE", "MENTAL_HEALTH", "MEDICAL_EXAM"] },
        ("handoff.accepted", 1), ("offer.accepted", 3));

    public static readonly ReportKind CountyLine = new("line of two counties",
        new() { Latitude = 33.9400, Longitude = -117.9850, Needs = ["ADVOCATE"] },
        ("handoff.accepted", 2), ("offer.accepted", 1));

    public static readonly ReportKind PlaceUnknown = new("nobody knows where",
        new() { Needs = ["ADVOCATE"] },
        // The agency's county is told, and another one is assigned by the desk, which reads what it decides by until that one has accepted.
        ("jurisdiction.undetermined", 1), ("jurisdiction.assigned", 1), ("handoff.confirmed", 1), ("handoff.withdrawn", 1), ("jurisdiction.claimed", 1), ("disclosure.ended", 1),
        ("handoff.accepted", 1), ("offer.accepted", 1));

    /// <summary>The first provider declines, the second stays silent, the third accepts.</summary>
    public static readonly ReportKind Reluctance = new("declined and expired offers",
        new() { Latitude = 34.1, Longitude = -118.3, Needs = ["EMERGENCY_SHELTER"] },
        ("handoff.accepted", 1), ("offer.declined", 1), ("offer.expired", 1), ("offer.accepted", 1));

    public static readonly IReadOnlyList<ReportKind> All = [Plain, ThreeNeeds, CountyLine, PlaceUnknown, Reluctance];

    /// <summary>A new encounter of this kind; everybody in it is invented.</summary>
    public object NewEncounter() => _encounter.Body(TimeProvider.System.GetUtcNow());

    public override string ToString() => Name;
}
