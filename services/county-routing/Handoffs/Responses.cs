using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>What a handoff keeps and says of the county's response.</summary>
internal static class Responses
{
    /// <summary>Whether the county can determine it: a level of its pack, or that it does not respond.</summary>
    public static bool Has(this Handoff handoff, string level) => level == ResponseLevels.EvaluatedOut || handoff.LimitOf(level) is not null;

    /// <summary>
    /// Whether it is later than what was determined or, the first time, than the report asks for: one that asks for somebody at once asks for the soonest that the county has. A level
    /// without a limit is later than any.
    /// </summary>
    public static bool IsDowngrade(this Handoff handoff, string level) => (handoff.Response?.Level ?? handoff.AskedFor()) is { } before && handoff.AtLeast(level) > handoff.AtLeast(before);

    /// <summary>Waits for a second person.</summary>
    public static void Propose(this Handoff handoff, DetermineResponse asked, DateTimeOffset now) => handoff.ProposedResponse = new(asked.Level, asked.Reason, now, asked.By);

    /// <summary>The response is determined, and everybody is told; the county where the child lives only when it comes later.</summary>
    public static void Determine(this Handoff handoff, DetermineResponse asked, State state, DateTimeOffset now, UnitOfWork unit)
    {
        var (limit, downgraded) = (handoff.LimitOf(asked.Level), handoff.IsDowngrade(asked.Level));
        handoff.Response = new() { Level = asked.Level, Law = limit?.Law, Reason = asked.Reason ?? handoff.ProposedResponse?.Reason, DeterminedAt = now, InPersonBy = limit?.DueFrom(now, state) };
        (handoff.ProposedResponse, handoff.ClosedAt, handoff.ClosingReason, handoff.DetermineBy) = (null, null, null, null);
        if (asked.Level == ResponseLevels.EvaluatedOut)
            handoff.EndAfterCall();
        handoff.StopClimbing();
        unit.Publish(new HandoffResponseDetermined
        {
            EncounterId = handoff.EncounterId,
            At = now,
            ReportId = handoff.ReportId,
            HandoffId = handoff.CorrelationId,
            Organization = handoff.Organization,
            Level = handoff.Response.Level,
            Law = handoff.Response.Law,
            Reason = handoff.Response.Reason,
            InPersonBy = handoff.Response.InPersonBy,
            Downgraded = downgraded,
        });
        if (downgraded && state.County(handoff.Child.ResidenceCountyFips)?.Organization is { } residence && residence != handoff.Organization)
            unit.Publish(new HandoffDowngraded
            {
                EncounterId = handoff.EncounterId,
                At = now,
                ReportId = handoff.ReportId,
                HandoffId = HandoffIds.Handoff(handoff.ReportId, residence),
                Organization = residence,
                By = handoff.Organization,
                Level = handoff.Response.Level,
            });
    }

    /// <summary>Whether the county has yet to see the child: as it has determined, while it has not referred the report on, or after the officer's call.</summary>
    public static bool IsToRespondInPerson(this Handoff handoff) => handoff.SeenAfterCallBy is not null || handoff.InPersonBy is not null && handoff.NextAcceptBy is null;

    public static bool HasRespondedInPerson(this Handoff handoff) => handoff is { Response.InPersonAt: not null } or { CalledResponse.InPersonAt: not null };

    /// <summary>One visit is both, when both are waited for.</summary>
    public static void RespondInPerson(this Handoff handoff, RespondInPerson asked)
    {
        if (handoff.InPersonBy is not null)
            handoff.Response = handoff.Response! with { InPersonAt = asked.At };
        if (handoff.SeenAfterCallBy is not null)
            handoff.CalledResponse = handoff.CalledResponse! with { InPersonAt = asked.At };
        handoff.StopClimbing();
    }

    private static void EndAfterCall(this Handoff handoff)
    {
        if (handoff.SeenAfterCallBy is not null)
            handoff.CalledResponse = handoff.CalledResponse! with { Ended = true };
    }

    public static HandoffRespondedInPerson RespondedInPerson(this Handoff handoff, RespondInPerson asked, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        InPersonAt = asked.At,
    };

    /// <summary>
    /// Whether it may be closed for this reason (ours): by the responder, once it has determined its response and seen the child, or has looked for it; as evaluated out only what was, and at any time what its agency
    /// has taken back.
    /// </summary>
    public static bool CanClose(this Handoff handoff, string reason) => handoff.Role == Role.Responder && (reason == ClosingReasons.RetractedBySender ? handoff.Retracted is not null : handoff.HasResponded(reason));

    private static bool HasResponded(this Handoff handoff, string reason) =>
        // Where the pack has no levels there is none to determine.
        (handoff.Response is not null || handoff.Pack.Responses.Count == 0)
        && (handoff.InPersonBy is null || reason == ClosingReasons.ChildNotFound) && (handoff.Response?.Level == ResponseLevels.EvaluatedOut) == (reason == ClosingReasons.EvaluatedOut);

    public static void Close(this Handoff handoff, CloseHandoff asked, DateTimeOffset now)
    {
        (handoff.ClosedAt, handoff.ClosingReason, handoff.ProposedResponse, handoff.DetermineBy, handoff.EscalationStep) = (now, asked.Reason, null, null, 0);
        handoff.EndAfterCall();
    }

    public static HandoffClosed Closed(this Handoff handoff, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        Role = handoff.Role,
        Reason = handoff.ClosingReason!,
    };

    /// <summary>Another responds, or it is asked anew: what was determined before, and waited for, is over.</summary>
    public static void ForgetResponse(this Handoff handoff) =>
        (handoff.Response, handoff.CalledResponse, handoff.ProposedResponse, handoff.Downgraded, handoff.ClosedAt, handoff.ClosingReason, handoff.DetermineBy) = (null, null, null, null, null, null, null);

    private static ResponseLimit? LimitOf(this Handoff handoff, string level) => handoff.Pack.Responses.FirstOrDefault(limit => limit.Level == level);

    private static TimeSpan AtLeast(this Handoff handoff, string level) => handoff.LimitOf(level)?.AtLeast ?? TimeSpan.MaxValue;

    private static string? AskedFor(this Handoff handoff) => handoff.Urgency == Urgencies.Immediate && handoff.Pack.Responses is [{ } soonest, ..] ? soonest.Level : null;
}
