using System.Text.RegularExpressions;

namespace SafeHarbor.CountyRouting.Packs;

public static partial class PackValidation
{
    private static IEnumerable<PackProblem> OfRoster(ProtocolPack pack)
    {
        for (var i = 0; i < pack.Roster.Count; i++)
        {
            var (at, entry) = ($"/roster/{i}", pack.Roster[i]);
            if (!Duties.All.Contains(entry?.Duty))
                yield return new($"{at}/duty", "UNKNOWN_CODE", $"Give one of {string.Join(", ", Duties.All)}.");
            else if (!RosterHours.All.Contains(entry!.Hours))
                yield return new($"{at}/hours", "UNKNOWN_CODE", $"Give one of {string.Join(", ", RosterHours.All)}.");
            else if (pack.Roster.Take(i).Any(earlier => earlier?.Duty == entry.Duty && (earlier.Hours == entry.Hours || earlier.Hours == RosterHours.Always || entry.Hours == RosterHours.Always)))
                yield return new($"{at}/hours", "TWICE", "Somebody has this duty at these hours already; give one.");
            if (string.IsNullOrWhiteSpace(entry?.Name) || entry.Name.Length > 100)
                yield return new($"{at}/name", "MISSING", "Say in at most 100 characters how people call whoever it is, as a post: \"Emergency response, on call\".");
            foreach (var problem in OfHotline($"{at}/telephone", entry?.Telephone))
                yield return problem;
        }
        if (pack.DailyDrill is { } drill && !ClockTime().IsMatch(drill.At ?? ""))
            yield return new("/dailyDrill/at", "NOT_A_TIME", "Give hours and minutes, such as \"10:00\".");
        if (pack.DailyDrill is { WithinMinutes: < DailyDrill.Shortest or > DailyDrill.Longest })
            yield return new("/dailyDrill/withinMinutes", "OUT_OF_RANGE", $"Give {DailyDrill.Shortest} to {DailyDrill.Longest} minutes, or leave it out for {DailyDrill.Default}.");
        if (pack.BusinessHours is not { } hours) yield break;
        for (var i = 0; i < hours.Days?.Count; i++)
        {
            if (!Weekdays.All.Contains(hours.Days[i]))
                yield return new($"/businessHours/days/{i}", "UNKNOWN_CODE", $"Give some of {string.Join(", ", Weekdays.All)}.");
        }
        if (hours.Days is not { Count: > 0 })
            yield return new("/businessHours/days", "MISSING", "Name at least one day of the week, or leave the hours out: they are those of Monday to Friday then.");
        if (!ClockTime().IsMatch(hours.From ?? ""))
            yield return new("/businessHours/from", "NOT_A_TIME", "Give hours and minutes, such as \"08:00\".");
        else if (!ClockTime().IsMatch(hours.To ?? "") || BusinessHours.Time(hours.To!) <= BusinessHours.Time(hours.From!))
            yield return new("/businessHours/to", "NOT_A_TIME", "Give hours and minutes, such as \"17:00\", later on the same day.");
    }

    /// <summary>A duty that a rung tells is somebody's at every hour: else a night would come on which nobody is woken.</summary>
    private static IEnumerable<PackProblem> OfDuty(string at, Rung rung, ProtocolPack pack)
    {
        if (rung.Duty is not { } duty) yield break;
        bool IsSomebodys(bool businessHours) => pack.Roster.Any(entry => entry?.Duty == duty && entry.IsFor(businessHours));
        if (!Duties.All.Contains(duty))
            yield return new(at, "UNKNOWN_CODE", $"Give one of {string.Join(", ", Duties.All)}, or leave it out to tell the organization as such.");
        else if (rung.Organization?.Kind is not (null or Organization.County))
            yield return new(at, "NOT_A_COUNTYS", "Counties have rosters, others have not: leave it out to tell the organization as such.");
        else if (rung.Organization?.CountyFips == pack.CountyFips && !(IsSomebodys(true) && IsSomebodys(false)))
            yield return new(at, "NOBODY_HAS_IT", $"Say in the roster who has the duty {duty} at all hours: one entry for {RosterHours.Always}, or one each for {RosterHours.Business} and {RosterHours.After}.");
    }

    [GeneratedRegex(BusinessHours.Form)]
    private static partial Regex ClockTime();
}
