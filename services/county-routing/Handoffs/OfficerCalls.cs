using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>A call of an officer about the encounter, as a handoff was told of it.</summary>
/// <param name="CalledAt">When it was made.</param>
/// <param name="Called">Who was called; null when that was not said.</param>
/// <param name="RecordedAt">When it was recorded; no two are at once.</param>
public sealed record OfficerCall(DateTimeOffset CalledAt, Organization? Called, DateTimeOffset RecordedAt);

/// <summary>Until when the responding county is to have seen the child in person because the officer has called it. It runs beside what the county determines.</summary>
public sealed record CalledResponse
{
    /// <summary>The limit's code in the county's pack, such as <c>ON_SCENE_RESPONSE</c>.</summary>
    public required string Rule { get; init; }
    /// <summary>What the limit is from, by its id in the state's law register.</summary>
    public required string Law { get; init; }
    /// <summary>When the officer called: it runs from then.</summary>
    public required DateTimeOffset CalledAt { get; init; }
    /// <summary>Until when the county is to have seen the child.</summary>
    public required DateTimeOffset InPersonBy { get; init; }
    /// <summary>When it has, as it says; null until then.</summary>
    public DateTimeOffset? InPersonAt { get; init; }
    /// <summary>The county has evaluated the report out, or closed it: it is waited for no longer.</summary>
    public bool Ended { get; init; }
}

/// <summary>What a handoff makes of the calls that it is told of.</summary>
internal static class OfficerCalls
{
    public static void Hear(this Handoff handoff, HandoffOfficerCalled called) => handoff.Calls = [.. handoff.Calls, new(called.CalledAt, called.Called, called.At)];

    public static bool Knows(this Handoff handoff, HandoffOfficerCalled called) => handoff.Calls.Any(call => call.RecordedAt == called.At);

    /// <summary>
    /// Starts the clock of the call that counts, moves it when another does, and ends it when none does any more: of a county that responds, and whose pack has such a clock. Everybody is told when it has
    /// changed something.
    /// </summary>
    public static void CountCalls(this Handoff handoff, State state, DateTimeOffset now, UnitOfWork unit)
    {
        var before = handoff.CalledResponse;
        var call = handoff.CountingCall();
        if (call?.CalledAt == before?.CalledAt)
            return;
        handoff.CalledResponse = call is null ? null : new()
        {
            Rule = handoff.Pack.AfterCall!.Rule,
            Law = handoff.Pack.AfterCall.Law,
            CalledAt = call.CalledAt,
            InPersonBy = handoff.Pack.AfterCall.DueFrom(call.CalledAt, state),
            // The county may have been there before the call was recorded here.
            InPersonAt = (before?.InPersonAt ?? handoff.Response?.InPersonAt) is { } seen && seen >= call.CalledAt ? seen : null,
            Ended = handoff.Response?.Level == ResponseLevels.EvaluatedOut,
        };
        if (handoff.Climbed == AwaitedActs.ResponseToCall)
            handoff.EscalationStep = 0;
        unit.Publish(new HandoffCallCounted
        {
            EncounterId = handoff.EncounterId,
            At = now,
            ReportId = handoff.ReportId,
            HandoffId = handoff.CorrelationId,
            Organization = handoff.Organization,
            CalledAt = (handoff.CalledResponse ?? before)!.CalledAt,
            Rule = (handoff.CalledResponse ?? before)!.Rule,
            Law = (handoff.CalledResponse ?? before)!.Law,
            InPersonBy = handoff.CalledResponse?.InPersonBy,
        });
    }

    /// <summary>
    /// Of two records with the same time of the call the later one corrects the earlier; of what is left, and was to this county, the one that was recorded last counts, as it does at the agency. Of which it was not said to whom
    /// it was, was to who responded: not to a county that the report was referred on to only after it.
    /// </summary>
    private static OfficerCall? CountingCall(this Handoff handoff)
    {
        if (handoff.Role != Role.Responder || handoff.Pack.AfterCall is null)
            return null;
        var askedAt = handoff.Referrals.LastOrDefault(hop => hop.From != handoff.Organization)?.At;
        return handoff.Calls.GroupBy(call => call.CalledAt, (_, same) => same.MaxBy(call => call.RecordedAt)!)
            .Where(call => call.Called is null ? !(askedAt > call.CalledAt) : call.Called == handoff.Organization)
            .MaxBy(call => call.RecordedAt);
    }
}
