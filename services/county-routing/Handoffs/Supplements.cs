using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>What the reporting agency has added to the report. It is read with the report.</summary>
/// <param name="Count">How often.</param>
/// <param name="LastAt">When the last time.</param>
public sealed record ToldSupplements(int Count, DateTimeOffset LastAt);

/// <summary>The reporting agency has taken the report back.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="OtherReportId">The agency's report that stays; null unless this one is its duplicate.</param>
public sealed record ToldRetraction([CodeOf(typeof(RetractionReasons))] string Reason, DateTimeOffset At, Guid? OtherReportId);

/// <summary>What a handoff keeps of them.</summary>
internal static class Supplements
{
    /// <summary>The agency has added to the report: what is known of the child in codes is so from now on, also for whomever the report is referred on to.</summary>
    public static void Supplement(this Handoff handoff, HandoffSupplemented added)
    {
        handoff.Supplements = new(added.Sequence, added.At);
        handoff.Child = added.Child?.Of(handoff.Child) ?? handoff.Child;
        if (added.ImmediateDanger)
            handoff.Urgency = Urgencies.Immediate;
    }
}
