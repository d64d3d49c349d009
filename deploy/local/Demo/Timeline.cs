using System.Globalization;
using System.Text.Json;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Demo;

/// <summary>One thing that happened to an encounter.</summary>
/// <param name="Type">Noun and verb.</param>
/// <param name="At">When.</param>
/// <param name="Organization">Whom it is about; null when nobody.</param>
/// <param name="Facts">What is worth knowing of it.</param>
/// <param name="Id">Of what the noun names, as the APIs take it; of a disclosure, the report that may be read.</param>
internal sealed record TimelineEntry(string Type, DateTimeOffset? At, string? Organization, string Facts, string? Id)
{
    private static readonly string[] Shown = ["organization", "role", "basis", "confidence", "type", "provider", "reason", "step", "notified", "tier", "holder", "toldBy"];

    public static TimelineEntry Read(JsonElement entry)
    {
        var facts = entry.Member("facts") ?? entry.Member("data") ?? entry;
        var name = entry.Text("event") ?? entry.Text("type") ?? "";
        var shown = Shown.Select(fact => facts.Text(fact)).OfType<string>().Where(fact => fact != name);
        var at = DateTimeOffset.TryParse(entry.Text("at"), CultureInfo.InvariantCulture, out var instant) ? instant : (DateTimeOffset?)null;
        var type = EventName.Of(name);
        var noun = type.Split('.')[0];
        return new TimelineEntry(type, at, facts.Text("organization"), string.Join(' ', shown), noun == "disclosure" ? entry.Text("reportId") : facts.Text(noun + "Id"));
    }

    public override string ToString() => $"  {At?.ToLocalTime():HH:mm:ss.fff}  {Type,-26} {Facts,-48} {Id}".TrimEnd();
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
