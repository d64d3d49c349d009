namespace SafeHarbor.Local.Demo;

/// <summary>An encounter to report, and the steps that its timeline must show before the journey has reached its end.</summary>
internal sealed record Journey(string Title, SampleEncounter Encounter, IReadOnlyList<ExpectedStep> End);

/// <summary>So many entries of this type, of this recipient when one is named.</summary>
internal sealed record ExpectedStep(string Type, string? Organization = null, int Times = 1)
{
    public bool IsMetBy(IEnumerable<TimelineEntry> timeline) =>
        timeline.Count(entry => entry.Type == Type && (Organization is null || entry.Organization is not { } recipient || recipient == Organization)) >= Times;

    public override string ToString() => $"{Type}{(Times > 1 ? $" x{Times}" : "")}{(Organization is null ? "" : $" by {Organization}")}";
}
