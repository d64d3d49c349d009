using SafeHarbor.Contracts.CountyRouting;

namespace SafeHarbor.CountyRouting.Drills;

/// <summary>A county is drilled: a report of nobody goes the whole way, and whether somebody there accepts it in time is watched (ADR 44).</summary>
public sealed class Drill : ITimedSaga
{
    /// <summary>The drill; it stands for the encounter.</summary>
    public Guid CorrelationId { get; set; }
    /// <summary>The state's name.</summary>
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    public CountyFips CountyFips { get; set; } = null!;
    /// <summary>The county's organization: whose it is.</summary>
    public Organization Organization { get; set; } = null!;
    /// <summary>Who started it; null when the county's pack did.</summary>
    public Organization? StartedBy { get; set; }
    public DateTimeOffset StartedAt { get; set; }
    /// <summary>Until when somebody is to have accepted.</summary>
    public DateTimeOffset EndsAt { get; set; }
    /// <summary>The same while it runs.</summary>
    public DateTimeOffset? DueAt
    {
        get => CurrentState == nameof(DrillMachine.Running) ? EndsAt : null;
        // It follows from the rest, also when a row is read.
        private set { }
    }
    /// <summary>When its handoff has said how it ended; null when it has not, as one does not that never came to its keeper.</summary>
    public DateTimeOffset? HeardAt { get; set; }
    public DateTimeOffset? NotifiedAt { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    /// <summary>How often a rung of the county's ladders was told.</summary>
    public int RungsTold { get; set; }
    public Guid? EndToken { get; set; }

    bool ITimedSaga.CountsInFigures => false;

    /// <summary>What stands for the report.</summary>
    public static Guid ReportOf(Guid drill) => DeterministicId.Of(drill, "report");

    internal void Learn(DrillEnded ended) => (HeardAt, NotifiedAt, AcknowledgedAt, AcceptedAt, RungsTold) = (ended.At, ended.NotifiedAt, ended.AcknowledgedAt, ended.AcceptedAt, ended.RungsTold);
}

/// <summary>It has not been heard how a drill ended: the message of its durable timer.</summary>
[WireName("drill.over.v1")]
public sealed record DrillOver(Guid EncounterId) : IEncounterMessage;
