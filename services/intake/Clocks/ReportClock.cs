namespace SafeHarbor.Intake.Clocks;

/// <summary>A time limit of the reporting officer. It runs from the transaction that stores the encounter until it is satisfied, overdue or not.</summary>
public sealed class ReportClock : ITimedSaga
{
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    public Guid EncounterId { get; set; }
    public string Rule { get; set; } = "";
    /// <summary>The rule that <see cref="DueAt"/> is from, by its id in the law register.</summary>
    public string LimitedBy { get; set; } = "";
    public DateTimeOffset StartedAt { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public DateTimeOffset? SatisfiedAt { get; set; }
    /// <summary>Fingerprint of what satisfied it.</summary>
    public string? Evidence { get; set; }
    public Guid? AlarmToken { get; set; }

    /// <summary>The clock of a rule for an encounter; each encounter has one per rule.</summary>
    public static Guid IdOf(Guid encounterId, string rule) => DeterministicId.Of(encounterId, rule);

    /// <summary>Starts a clock in the transaction of the request. One that is due already rings at once.</summary>
    public static ReportClock Start(UnitOfWork unit, Guid encounterId, ClockRule rule, DateTimeOffset startedAt, DateTimeOffset now)
    {
        var clock = Of(encounterId, rule, startedAt, now);
        var left = clock.DueAt - now;
        clock.AlarmToken = unit.StartTimer(Queues.ReportClock, left > TimeSpan.Zero ? left : TimeSpan.Zero, new ReportClockRang(encounterId, clock.CorrelationId));
        unit.Add(clock);
        return clock;
    }

    /// <summary>Adds a clock that was satisfied before it began to run.</summary>
    public static ReportClock AddSatisfied(UnitOfWork unit, Guid encounterId, ClockRule rule, DateTimeOffset startedAt, DateTimeOffset now, string evidence)
    {
        var clock = Of(encounterId, rule, startedAt, now);
        (clock.CurrentState, clock.SatisfiedAt, clock.Evidence) = (nameof(ReportClockMachine.Satisfied), now, evidence);
        unit.Add(clock);
        return clock;
    }

    private static ReportClock Of(Guid encounterId, ClockRule rule, DateTimeOffset startedAt, DateTimeOffset now) => new()
    {
        CorrelationId = IdOf(encounterId, rule.Name),
        CurrentState = nameof(ReportClockMachine.Running),
        StateSince = now,
        EncounterId = encounterId,
        Rule = rule.Name,
        LimitedBy = rule.LimitedBy,
        StartedAt = startedAt,
        DueAt = startedAt + rule.Limit,
    };
}

/// <summary>The durable timer of a clock has run out.</summary>
[WireName("report-clock.rang.v1")]
public sealed record ReportClockRang(Guid EncounterId, Guid ClockId) : IEncounterMessage;
