using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Intake.Oversight;

/// <summary>
/// What counts as unusual reading; defaults that a state tunes, not truths. All settings are under <c>UnusualReading</c>. A refused read counts as a read:
/// who tries doors is seen too.
/// </summary>
/// <param name="Within">The time that MANY and FAR look back: <c>Within</c>, an hour.</param>
/// <param name="ManyReports">MANY: so many different reports by one reader: <c>ManyReports</c>, 20.</param>
/// <param name="FarCounties">FAR: reports of so many different responding counties that are not the reader's own: <c>FarCounties</c>, 3.</param>
/// <param name="NightFrom">NIGHT: from this hour of the state's clock on: <c>NightFrom</c>, 0.</param>
/// <param name="NightUntil">Until this one: <c>NightUntil</c>, 5.</param>
/// <param name="NightKinds">NIGHT is for these kinds of organization, because counties and the police work round the clock: <c>NightKinds</c>, <c>provider da</c>.</param>
/// <param name="AtWorkByNight">Organizations of those kinds that work by night: <c>AtWorkByNight</c>, none.</param>
/// <param name="Zone">The state's time zone, in which its clock goes.</param>
internal sealed record ReadingRules(TimeSpan Within, int ManyReports, int FarCounties, int NightFrom, int NightUntil, IReadOnlySet<string> NightKinds,
    IReadOnlySet<Organization> AtWorkByNight, TimeZoneInfo Zone)
{
    public static ReadingRules From(IConfiguration configuration, TimeZoneInfo zone)
    {
        var rules = configuration.GetSection("UnusualReading");
        return new(rules.GetValue("Within", TimeSpan.FromHours(1)), rules.GetValue("ManyReports", 20), rules.GetValue("FarCounties", 3),
            rules.GetValue("NightFrom", 0), rules.GetValue("NightUntil", 5), Words(rules["NightKinds"] ?? "provider da").ToHashSet(),
            Words(rules["AtWorkByNight"] ?? "").Select(Known).ToHashSet(), zone);
    }

    private static Organization Known(string text) => Organization.TryParse(text, out var organization)
        ? organization
        : throw new StartRefusedException($"UnusualReading:AtWorkByNight names '{text}', which is no organization. {Organization.Form}");

    /// <summary>The rules that a reader's recent reads break, each with the beginning of its window: a reader is told of once per rule and window.</summary>
    public IEnumerable<(string Rule, DateTimeOffset Window)> BrokenBy(Reading reader, RecentReads recent)
    {
        var window = new DateTimeOffset(reader.At.UtcTicks - reader.At.UtcTicks % Within.Ticks, TimeSpan.Zero);
        if (recent.Reports >= ManyReports)
            yield return (UnusualReadingRules.Many, window);
        if (recent.Counties >= FarCounties)
            yield return (UnusualReadingRules.Far, window);
        var local = TimeZoneInfo.ConvertTime(reader.At, Zone);
        if (local.Hour >= NightFrom && local.Hour < NightUntil && NightKinds.Contains(reader.Organization.Kind) && !AtWorkByNight.Contains(reader.Organization))
            // The night in which the clocks change is one night too.
            yield return (UnusualReadingRules.Night, new DateTimeOffset(local.Date, Zone.GetUtcOffset(local.Date)).ToUniversalTime());
    }

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Somebody who has just read a report, or tried to.</summary>
internal sealed record Reading(Organization Organization, string Subject, DateTimeOffset At, Guid ReportId, Guid EncounterId);

/// <summary>What a reader read lately.</summary>
/// <param name="Reports">Different reports.</param>
/// <param name="Counties">Different responding counties, the reader's own left out.</param>
internal sealed record RecentReads(int Reports, int Counties);
