using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Drills;

/// <summary>A drill, as its county and the state see it.</summary>
/// <param name="DrillId">The drill; its handoff has it as its encounter.</param>
/// <param name="CountyFips">The county that is drilled, five-digit FIPS.</param>
/// <param name="State">How it stands.</param>
/// <param name="HandoffId">Its handoff to the county.</param>
/// <param name="StartedBy">Who started it; null when the county's pack did.</param>
/// <param name="StartedAt">When.</param>
/// <param name="EndsAt">Until when somebody at the county is to have accepted.</param>
/// <param name="HeardAt">When its handoff has said how it ended; null until then, and for good when it never came to whoever keeps the county's handoffs.</param>
/// <param name="NotifiedAt">When a notice was delivered to the county's systems; null until it has ended, when none was, and when somebody was quicker than the news of it.</param>
/// <param name="AcknowledgedAt">When somebody there said that it was seen; null until it has ended, and when nobody did.</param>
/// <param name="AcceptedAt">When somebody accepted; null until it has ended, and when nobody did.</param>
/// <param name="RungsTold">How often a rung of the county's ladders was told before it ended.</param>
public sealed record DrillView(Guid DrillId, CountyFips CountyFips, [StateOf(typeof(DrillMachine))] string State, Guid HandoffId, Organization? StartedBy, DateTimeOffset StartedAt,
    DateTimeOffset EndsAt, DateTimeOffset? HeardAt, DateTimeOffset? NotifiedAt, DateTimeOffset? AcknowledgedAt, DateTimeOffset? AcceptedAt, int RungsTold)
{
    internal static DrillView Of(Drill d) => new(d.CorrelationId, d.CountyFips, StateWord.Of(d.CurrentState), HandoffIds.Handoff(Drill.ReportOf(d.CorrelationId), d.Organization), d.StartedBy,
        d.StartedAt, d.EndsAt, d.HeardAt, d.NotifiedAt, d.AcknowledgedAt, d.AcceptedAt, d.RungsTold);
}
