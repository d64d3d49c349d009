using System.Text.RegularExpressions;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>What is wrong in a pack and what to do about it.</summary>
/// <param name="JsonPointer">RFC 6901, to the member.</param>
/// <param name="Code">A code in capitals.</param>
/// <param name="Detail">For the person who wrote the pack.</param>
public sealed record PackProblem(string JsonPointer, string Code, string Detail);

/// <summary>A pack is refused only for what would leave a handoff without anybody to wake, or destroy details that are still needed.</summary>
public static partial class PackValidation
{
    /// <summary>Entries of a list.</summary>
    internal const int MostEntries = 100;
    /// <summary>Days on which the offices are closed all the same.</summary>
    internal const int MostDays = 400;
    /// <summary>Characters of a name or a code.</summary>
    internal const int LongestText = 200;
    /// <summary>Characters of where a number is from.</summary>
    internal const int LongestSource = 500;
    /// <summary>Characters of a telephone number.</summary>
    internal const int LongestNumber = 25;

    private const int Day = 24 * 60;
    // In days: no county has longer to see a child.
    private const int Most = 60;

    /// <summary>Every problem of the pack; none when it can be used. Members may be null, whatever their type says: packs come as JSON.</summary>
    public static IReadOnlyList<PackProblem> Problems(this ProtocolPack pack, CountyMap map) => [.. All(pack, map)];

    /// <summary>The same of a pack that somebody wants to publish, in the form of a request's errors; and its clocks name rules that are registered.</summary>
    public static ValidationErrors Errors(this ProtocolPack pack, CountyMap map)
    {
        var errors = new ValidationErrors();
        foreach (var problem in pack.Problems(map))
            errors.Add(problem.JsonPointer, problem.Code.ToLowerInvariant().Replace('_', '-'), problem.Detail);
        foreach (var (index, clock) in pack.Clocks.Index())
        {
            if (!string.IsNullOrWhiteSpace(clock?.Law) && map.State.Law.Find(clock.Law) is null)
                errors.Add($"/clocks/{index}/law", "unknown-rule", "The state's law register has no rule with this id; ./safeharbor law lists them.");
        }
        return errors;
    }

    private static IEnumerable<PackProblem> All(ProtocolPack pack, CountyMap map)
    {
        var county = map.Find(pack.CountyFips);
        if (county is null)
            yield return new("/countyFips", "UNKNOWN_COUNTY", $"{map.State.Name} has no county with this FIPS; GET /v1/counties lists them.");
        else if (pack.Name != county.Name)
            yield return new("/name", "NOT_THE_COUNTYS_NAME", $"{county.Fips} is \"{county.Name}\"; write it so.");
        if (pack.AcknowledgeWithinMinutes is < 1 or > Day)
            yield return new("/acknowledgeWithinMinutes", "OUT_OF_RANGE", $"Give 1 to {Day} minutes.");
        if (pack.AcceptWithinMinutes is < 1 or > Day)
            yield return new("/acceptWithinMinutes", "OUT_OF_RANGE", $"Give 1 to {Day} minutes.");
        if (pack.DetermineWithinMinutes is < 1 or > 7 * Day)
            yield return new("/determineWithinMinutes", "OUT_OF_RANGE", $"Give 1 to {7 * Day} minutes, or leave it out when it is not to be watched.");
        if (pack.RetentionDays is < 365 or > 36500)
            yield return new("/retentionDays", "OUT_OF_RANGE", "Give 365 to 36500 days, or leave it out for the state's default.");

        foreach (var problem in OfHotline("/hotline", pack.Hotline).Concat(OfEscalation("/escalation", pack.Escalation, pack, map.State))
                     .Concat(pack.AcceptanceEscalation is { } acceptance ? OfEscalation("/acceptanceEscalation", acceptance, pack, map.State) : []).Concat(OfClocks(pack.Clocks)).Concat(OfBands(pack.Bands))
                     .Concat(OfAgencies(pack, map.State)).Concat(OfRoster(pack)))
            yield return problem;
    }

    private static IEnumerable<PackProblem> OfHotline(string at, Hotline? hotline)
    {
        if (hotline is null) yield break;
        if (!Phone().IsMatch(hotline.Phone ?? ""))
            yield return new($"{at}/phone", "NOT_A_PHONE_NUMBER", "Give a number with area code, such as 213-555-0137.");
        if (string.IsNullOrWhiteSpace(hotline.Source))
            yield return new($"{at}/source", "MISSING", "Say where the number is from: an unverified number is worse than none.");
        if (string.IsNullOrWhiteSpace(hotline.VerifiedBy))
            yield return new($"{at}/verifiedBy", "MISSING", "Say who checked the number.");
        if (hotline.VerifiedAt == default)
            yield return new($"{at}/verifiedAt", "MISSING", "Say when the number was last checked, as a date.");
    }

    private static IEnumerable<PackProblem> OfEscalation(string at, Escalation? escalation, ProtocolPack pack, State state)
    {
        if (escalation?.Rungs is not { Count: > 0 } rungs)
        {
            yield return new($"{at}/rungs", "MISSING", "Name at least one organization to tell when nobody acknowledges, or accepts.");
            yield break;
        }
        if (escalation.RepeatLastEveryMinutes is < 1 or > Day)
            yield return new($"{at}/repeatLastEveryMinutes", "OUT_OF_RANGE", $"Give 1 to {Day} minutes: the last rung is told until somebody acknowledges, or accepts.");
        for (var i = 0; i < rungs.Count; i++)
        {
            if (rungs[i]?.Organization is not { } organization || organization.Kind == Organization.State && organization != state.Organization)
                yield return new($"{at}/rungs/{i}/organization", "NOT_AN_ORGANIZATION", $"Give an organization such as {state.Counties[0].Organization} or {state.Organization}; of the states only this one.");
            if (rungs[i]?.AfterMinutes is not { } after || after < 0 || i > 0 && rungs[i - 1] is { } before && after <= before.AfterMinutes)
                yield return new($"{at}/rungs/{i}/afterMinutes", "OUT_OF_ORDER", "Each rung comes later than the one before it; the first may be at 0.");
            foreach (var problem in rungs[i] is { } rung ? OfDuty($"{at}/rungs/{i}/duty", rung, pack) : [])
                yield return problem;
        }
    }

    private static IEnumerable<PackProblem> OfClocks(IReadOnlyList<ResponseLimit>? clocks)
    {
        for (var i = 0; i < clocks?.Count; i++)
        {
            if (!Code().IsMatch(clocks[i]?.Rule ?? ""))
                yield return new($"/clocks/{i}/rule", "NOT_A_CODE", "Give a code in capitals, such as IN_PERSON_RESPONSE.");
            else if (clocks.Take(i).Any(earlier => earlier?.Rule == clocks[i].Rule))
                yield return new($"/clocks/{i}/rule", "TWICE", "This rule is already in the list; give each once.");
            if (string.IsNullOrWhiteSpace(clocks[i]?.Law))
                yield return new($"/clocks/{i}/law", "MISSING", "Say which rule the limit is from, by its id in the state's law register; ./safeharbor law lists it.");
            if (clocks[i]?.Start != ClockStarts.OfficerCalled && (clocks[i]?.Level is not { } level || !Code().IsMatch(level)))
                yield return new($"/clocks/{i}/start", "UNKNOWN_CODE", $"Say what starts the clock: {ClockStarts.OfficerCalled}, or the determination of a level of response, such as {ClockStarts.Of(ResponseLevels.TenDays)}.");
            else if (clocks.Take(i).Any(earlier => earlier?.Start == clocks[i].Start))
                yield return new($"/clocks/{i}/start", "TWICE", "Another clock of the list starts with this; give one.");
            if ((clocks[i]?.WithinMinutes, clocks[i]?.WithinDays) is not (( >= 1 and <= Most * Day, null) or (null, >= 1 and <= Most)))
                yield return new($"/clocks/{i}/withinMinutes", "OUT_OF_RANGE", $"Give 1 minute or more here, or 1 to {Most} calendar days as withinDays; not both.");
        }
    }

    private static IEnumerable<PackProblem> OfBands(Bands? bands)
    {
        if (bands is null) yield break;
        if (bands.OnLineMeters < Bands.MapMeters)
            yield return new("/bands/onLineMeters", "OUT_OF_RANGE", $"The map is not exact to less than {Bands.MapMeters:0} meters; give that or more.");
        if (bands.NearLineMeters < bands.OnLineMeters || bands.NearLineMeters > Bands.Default.VagueMeters)
            yield return new("/bands/nearLineMeters", "OUT_OF_RANGE", $"Give at least onLineMeters and at most {Bands.Default.VagueMeters:0} meters.");
        if (bands.VagueMeters < bands.NearLineMeters)
            yield return new("/bands/vagueMeters", "OUT_OF_RANGE", "Give at least nearLineMeters.");
    }

    [GeneratedRegex(@"^[+0-9][0-9() .-]{5,23}[0-9]$")]
    private static partial Regex Phone();

    [GeneratedRegex("^[A-Z][A-Z0-9_]*$")]
    private static partial Regex Code();
}
