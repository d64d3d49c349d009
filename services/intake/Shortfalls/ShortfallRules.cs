using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Shortfalls;

/// <summary>
/// Finds what an encounter falls short of: a function of what was reported, of what has happened since, and of the hotlines and providers that are known. The same for a report
/// that is only checked and for one that is kept; what differs is what can still be done about it.
/// </summary>
public sealed class ShortfallRules(State state, Hotlines hotlines, Coverage coverage, TimeProvider time)
{
    /// <summary>The state's day.</summary>
    public DateOnly Today => state.DayOf(time.GetUtcNow());

    /// <summary>Of a valid report that has not been sent yet.</summary>
    public IReadOnlyList<Shortfall> Of(EncounterReport report) =>
        [.. All(ReportedFacts.Of(report.WithCanonicalCodes(), state.Places, time.GetUtcNow()), Progress.NotSent(report.TelephoneReport is not null))];

    /// <summary>Of an encounter that is kept.</summary>
    public IReadOnlyList<Shortfall> Of(Encounter encounter, IReadOnlyList<Report> reports, IReadOnlyList<ReceiptReport> parts, bool called, IReadOnlyList<IEncounterEvent> events) =>
        [.. All(ReportedFacts.Of(encounter, reports), Progress.Of(encounter.EncounterId, parts, called, events))];

    private IEnumerable<Shortfall> All(ReportedFacts facts, Progress progress)
    {
        var expected = ExpectedCounty.Of(facts, state);
        var texts = new ShortfallTexts(state, facts, progress);
        if (progress.IsRetracted)
        {
            if (!progress.Called)
                foreach (var call in Calls(expected, progress))
                    yield return new(ShortfallCodes.TelephoneReportOwed, "/telephoneReport", texts.TelephoneReportOwed(call, expected), call);
            yield break;
        }
        if (!progress.IsRouted && OfPlace(facts, expected, progress, texts) is { } place)
            yield return place;
        if (progress.OuterLines is { Count: > 0 } lines)
            yield return new(ShortfallCodes.NeighborNotTold, facts.At, texts.NeighborNotTold(lines));
        foreach (var at in facts.Implausible)
            yield return new(ShortfallCodes.InstantImplausible, at, texts.InstantImplausible());
        foreach (var (child, supplement) in progress.Supplements.Where(added => added.Supplement.LearnedAt is { } learned && !PlausibleInstant.Is(learned, added.Supplement.MadeAt)))
            yield return new(ShortfallCodes.InstantImplausible, $"/children/{child - 1}", ShortfallTexts.InstantOfSupplementImplausible(supplement.Sequence));
        if (facts.CustodyWithoutGrounds)
            yield return new(ShortfallCodes.CustodyWithoutGrounds, "/custody/grounds", texts.CustodyWithoutGrounds());
        if (!facts.HasAddress && progress.SomebodyIsToMeetTheChild(facts))
            yield return new(ShortfallCodes.NoMeetingPoint, $"{facts.MeetingAt}/address", texts.NoMeetingPoint());
        if (!progress.Called)
        {
            foreach (var call in Calls(expected, progress))
                yield return new(ShortfallCodes.TelephoneReportOwed, "/telephoneReport", texts.TelephoneReportOwed(call, expected), call);
        }
        // Of several children each is named, but of what is the same for all, the first.
        foreach (var (child, responder, role) in progress.NotReached.DistinctBy(one => (one.Responder, one.Role, ShortfallTexts.IsOfChild(one.Role) ? one.Child : 0)))
            yield return new(ShortfallCodes.RecipientNotReached, ShortfallTexts.PointerOf(role, child), texts.RecipientNotReached(role, responder));
        for (var child = 1; child <= facts.Missing.Count; child++)
        {
            if (facts.Missing[child - 1])
                yield return new(ShortfallCodes.MissingChildOwed, $"/children/{child - 1}/missing", texts.MissingChildOwed());
        }
        foreach (var child in progress.AddedForOthers)
            yield return new(ShortfallCodes.AddedForOthers, $"/children/{child - 1}", ShortfallTexts.AddedForOthers);
        foreach (var (child, need) in progress.Needs(facts))
        {
            if (need.State == ReceiptNeedStates.Unfilled)
                yield return new(ShortfallCodes.NeedWithoutProvider, $"/children/{child}/needs", ShortfallTexts.NeedWithoutProvider(need.Type));
            else if (need.State == ReceiptNeedStates.Open && WithNobodyFor(need.Type, expected, progress) is { } county)
                yield return new(ShortfallCodes.NeedWithoutProvider, $"/children/{child}/needs", ShortfallTexts.NobodyToAsk(need.Type, county));
        }
    }

    /// <summary>The county that responds, or is likely to, when it has nobody for a need today; null when it has, or no county is likely.</summary>
    private County? WithNobodyFor(string type, ExpectedCounty expected, Progress progress) =>
        (progress.Told is [var told, ..] ? state.County(told.Organization.CountyFips) : expected.County) is { } county
        && coverage.HasNobodyFor(type, county.Fips, Today) ? county : null;

    private Shortfall? OfPlace(ReportedFacts facts, ExpectedCounty expected, Progress progress, ShortfallTexts texts) => facts.Deciding.Point switch
    {
        null => new(ShortfallCodes.NoCoordinates, $"{facts.At}/latitude", texts.NoCoordinates(expected)),
        { } point when progress.Undetermined == UndeterminedReasons.OutsideState || !state.Bounds.Hold(point.North, point.East) =>
            new(ShortfallCodes.NotInState, $"{facts.At}/latitude", texts.NotInState(expected)),
        _ when progress.Undetermined is not null => new(ShortfallCodes.CountyUncertain, facts.At, texts.CountyUncertain(expected)),
        _ => null,
    };

    /// <summary>The responders, when they are known, else the likely one; null when none is likely.</summary>
    private List<ShortfallCall?> Calls(ExpectedCounty expected, Progress progress) =>
        progress.Told is { Count: > 0 } told ? [.. told.Select(handoff => CallOf(handoff.Organization, handoff.Hotline))]
        : [expected.County is { } county ? CallOf(county.Organization, null) : null];

    private ShortfallCall CallOf(Organization organization, ReceiptHotline? told)
    {
        var hotline = told ?? hotlines.Of(organization, Today);
        return new(organization, ShortfallTexts.NameOf(organization, state), hotline?.Phone, hotline?.VerifiedAt, hotline?.Stale);
    }
}
