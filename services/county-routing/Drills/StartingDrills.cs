using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Drills;

/// <summary>Starts a drill: its saga, its timer and the message by which intake reports it, in one unit of work.</summary>
internal static class StartingDrills
{
    /// <summary>A drill of a county.</summary>
    /// <param name="unit">In which it is started.</param>
    /// <param name="drillId">Its id; a second one of this id is refused by the database.</param>
    /// <param name="county">The county.</param>
    /// <param name="withinMinutes">Within what time somebody is to accept.</param>
    /// <param name="by">Who starts it; null for the county's pack.</param>
    /// <param name="now">Now.</param>
    public static Drill StartDrill(this UnitOfWork unit, Guid drillId, County county, int withinMinutes, Organization? by, DateTimeOffset now)
    {
        var lasts = TimeSpan.FromMinutes(withinMinutes);
        var drill = new Drill
        {
            CorrelationId = drillId,
            CurrentState = nameof(DrillMachine.Running),
            StateSince = now,
            CountyFips = county.Fips,
            Organization = county.Organization,
            StartedBy = by,
            StartedAt = now,
            EndsAt = now + lasts,
            EndToken = unit.StartTimer(Queues.Drill, lasts + DrillMachine.OnItsWay, new DrillOver(drillId)),
        };
        unit.Add(drill);
        unit.Publish(new DrillStarted { EncounterId = drillId, ReportId = Drill.ReportOf(drillId), CountyFips = county.Fips, At = now, EndsAt = drill.EndsAt });
        return drill;
    }
}
