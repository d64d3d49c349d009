using System.Globalization;
using System.Text.Json;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Demo;

/// <summary>One thing that happened to an encounter.</summary>
internal sealed record TimelineEntry(string Type, DateTimeOffset? At, string? Organization, string Facts)
{
    private static readonly string[] Shown = ["organization", "role", "basis", "confidence", "type", "provider", "reason", "step", "notified", "tier"];

    public static TimelineEntry Read(JsonElement entry)
    {
        var facts = entry.Member("facts") ?? entry.Member("data") ?? entry;
        var name = entry.Text("event") ?? entry.Text("type") ?? "";
        var shown = Shown.Select(fact => facts.Text(fact)).OfType<string>().Where(fact => fact != name);
        var at = DateTimeOffset.TryParse(entry.Text("at"), CultureInfo.InvariantCulture, out var instant) ? instant : (DateTimeOffset?)null;
        return new TimelineEntry(EventName.Of(name), at, facts.Text("organization"), string.Join(' ', shown));
    }

    public override string ToString() => $"  {At?.ToLocalTime():HH:mm:ss.fff}  {Type,-28} {Facts}".TrimEnd();
}

/// <summary>An encounter's timeline as its officer sees it grow.</summary>
internal sealed class Timeline(PublicApi api, string encounterId)
{
    private readonly List<TimelineEntry> _entries = [];
    private string? _after;

    public IReadOnlyList<TimelineEntry> Entries => _entries;

    /// <summary>Waits for news.</summary>
    /// <returns>What is new; nothing when the service waited in vain.</returns>
    public async Task<IReadOnlyList<TimelineEntry>> ReadOnAsync(CancellationToken cancellationToken)
    {
        var path = $"/v1/encounters/{encounterId}?wait=5{(_after is null ? "" : $"&after={Uri.EscapeDataString(_after)}")}";
        var encounter = await api.GetAsync(ServiceKind.Intake, Cast.Officer, path, cancellationToken);
        var timeline = encounter.Member("timeline") ?? default;
        JsonElement[] news = [.. timeline.Items()];
        if (news.Length > 0)
            _after = encounter.Text("next");
        var entries = news.Select(TimelineEntry.Read).ToArray();
        _entries.AddRange(entries);
        return entries;
    }
}
