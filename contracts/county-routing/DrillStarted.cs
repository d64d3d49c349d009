namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>A county is to be drilled: a report of nobody goes the whole way to its people. Published by county-routing when somebody, or the county's pack, starts a drill; intake reports it.</summary>
[Message("drill.started.v1", From = [Services.CountyRouting], To = [Queues.DrillReport])]
public sealed record DrillStarted : IEncounterMessage
{
    /// <summary>The drill, which stands for an encounter.</summary>
    public required Guid EncounterId { get; init; }
    /// <summary>What stands for the report of a child.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>The county that is drilled.</summary>
    public required Codes.CountyFips CountyFips { get; init; }
    /// <summary>When it was started.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>Until when somebody is to have accepted; then it is over.</summary>
    public required DateTimeOffset EndsAt { get; init; }
}
