using MassTransit;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging.Tests;

/// <summary>A small saga that uses everything: a first message, rows, messages, a timer, a command of its own.</summary>
public sealed class Errand : ITimedSaga
{
    public Guid CorrelationId { get; set; }
    public string CurrentState { get; set; } = "";
    public DateTimeOffset StateSince { get; set; }
    public int Seen { get; set; }
    public DateTimeOffset? StartedAt { get; set; }
    public IReadOnlyList<string> Steps { get; set; } = [];
    public Guid? AlarmToken { get; set; }

    /// <summary>The errand that says nothing of real work.</summary>
    public static readonly Guid Practice = new("0b7a3c1e-5f0d-4c55-9d5c-3e1f6a2b8c90");

    bool ITimedSaga.CountsInFigures => CorrelationId != Practice;
}

[WireName("test-errand.rang.v1")]
public sealed record ErrandRang(Guid EncounterId) : IEncounterMessage;

[WireName("test-errand.finish.v1")]
public sealed record FinishErrand(Guid EncounterId) : IEncounterMessage;

[WireName("test-errand.check.v1")]
public sealed record CheckErrand(Guid EncounterId) : IEncounterMessage;

public sealed class ErrandMachine : MassTransitStateMachine<Errand>
{
    public ErrandMachine(Told told)
    {
        InstanceState(x => x.CurrentState);
        Event(() => Opened, e => e.CorrelateById(c => c.Message.HandoffId));
        Event(() => Finish, e => e.CorrelateById(c => c.Message.EncounterId));
        Event(() => Check, e => e.CorrelateById(c => c.Message.EncounterId));
        Schedule(() => Alarm, x => x.AlarmToken, s =>
        {
            s.DelayProvider = _ => told.AlarmAfter;
            s.Received = r => r.CorrelateById(c => c.Message.EncounterId);
        });

        Initially(When(Opened)
            .Then(c =>
            {
                c.Saga.StartedAt = c.Message.At;
                c.Saga.Seen++;
                c.Saga.Steps = ["opened"];
                c.UnitOfWork().Add(new Note { Id = Guid.CreateVersion7(), About = c.Saga.CorrelationId, Text = "opened" });
            })
            .Schedule(Alarm, c => new ErrandRang(c.Saga.CorrelationId))
            .Publish(c => Sample.Recorded(c.Message.EncounterId, c.Message.At))
            .TransitionTo(Running));
        During(Running,
            When(Opened).Then(c => c.Saga.Seen++),
            When(Check).Then(c => c.Saga.Seen += 100),
            When(Alarm!.Received)
                .Then(c => c.UnitOfWork().Add(new Note { Id = Guid.CreateVersion7(), About = c.Saga.CorrelationId, Text = "rang" }))
                .TransitionTo(Late),
            When(Finish).Unschedule(Alarm).TransitionTo(Finished));
        During(Finished, Ignore(Finish), Ignore(Alarm.AnyReceived));
        During(Late, Ignore(Alarm.AnyReceived));
    }

    public State Running { get; private set; } = null!;
    public State Late { get; private set; } = null!;
    public State Finished { get; private set; } = null!;
    public Event<HandoffOpened> Opened { get; private set; } = null!;
    public Event<FinishErrand> Finish { get; private set; } = null!;
    public Event<CheckErrand> Check { get; private set; } = null!;
    public Schedule<Errand, ErrandRang> Alarm { get; private set; } = null!;
}

internal static class Sample
{
    public static TelephoneReportRecorded Recorded(Guid encounter, DateTimeOffset at) => new() { EncounterId = encounter, At = at, CalledAt = at };

    public static HandoffOpened Opened(Guid? handoff = null, Guid? encounter = null) => new()
    {
        EncounterId = encounter ?? Guid.NewGuid(),
        At = new DateTimeOffset(2026, 11, 20, 23, 10, 0, TimeSpan.FromHours(-8)),
        ReportId = Guid.NewGuid(),
        HandoffId = handoff ?? Guid.NewGuid(),
        Organization = Organization.Parse("county:06037"),
        OrganizationName = "Los Angeles",
        Role = Contracts.Codes.Role.Responder,
        Basis = Contracts.Codes.Bases.FoundLocation,
        Confidence = Contracts.Codes.Confidences.Clear,
        Rule = "a rule",
        Urgency = Contracts.Codes.Urgencies.Immediate,
        AcknowledgeBy = DateTimeOffset.UnixEpoch,
        Child = new() { ReportId = Guid.NewGuid(), ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = Contracts.Codes.AgeBands.Unknown, Gender = Contracts.Codes.Genders.Unknown },
    };
}
