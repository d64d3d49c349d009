namespace SafeHarbor.Local.Demo;

/// <summary>An encounter to report, and the steps that its timeline must show before the journey has reached its end.</summary>
internal sealed record Journey(string Title, SampleEncounter Encounter, IReadOnlyList<ExpectedStep> End)
{
    public static readonly IReadOnlyList<Journey> All =
    [
        new("Los Angeles County, custody taken, three needs",
            new SampleEncounter { Latitude = 34.05, Longitude = -118.25, CustodyTaken = true, Needs = ["ADVOCATE", "MENTAL_HEALTH", "MEDICAL_EXAM"] },
            [new("handoff.accepted", Cast.LosAngeles), new("need.completed", Times: 3)]),

        new("Within a kilometer of the line between Los Angeles and Orange County: both are told",
            new SampleEncounter { Latitude = 33.9400, Longitude = -117.9850, Needs = ["ADVOCATE"] },
            [new("handoff.opened", Cast.LosAngeles), new("handoff.opened", Cast.Orange), new("handoff.accepted", Cast.LosAngeles), new("need.completed")]),

        new("Nobody knows where: the statewide desk assigns Sacramento County",
            new SampleEncounter { Needs = ["ADVOCATE"] },
            [new("jurisdiction.undetermined"), new("jurisdiction.assigned", Cast.Sacramento), new("handoff.accepted", Cast.Sacramento), new("need.completed")]),

        new("Los Angeles County: the first provider declines, the second lets its offer expire, the third accepts",
            new SampleEncounter { Latitude = 34.1, Longitude = -118.3, Needs = ["EMERGENCY_SHELTER"] },
            [new("offer.declined"), new("offer.expired"), new("offer.accepted"), new("need.completed")]),
    ];
}

/// <summary>So many entries of this type, of this recipient when one is named.</summary>
internal sealed record ExpectedStep(string Type, string? County = null, int Times = 1)
{
    public bool IsMetBy(IEnumerable<TimelineEntry> timeline) =>
        timeline.Count(entry => entry.Type == Type && (County is null || entry.Organization is not { } recipient || recipient == County)) >= Times;

    public override string ToString() => $"{Type}{(Times > 1 ? $" x{Times}" : "")}{(County is null ? "" : $" by {County}")}";
}
