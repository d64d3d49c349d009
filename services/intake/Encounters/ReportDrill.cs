using MassTransit;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.ServiceDefaults.Sandboxing;

namespace SafeHarbor.Intake.Encounters;

/// <summary>A county is drilled: a report of nobody begins its way here, as every report does. Nothing is stored of it, sealed or shown to an agency; it says that it is a drill wherever it comes.</summary>
public sealed class ReportDrill(ServiceDefaults.States.State state, Sandbox sandbox, TimeProvider time) : IConsumer<DrillStarted>
{
    public Task Consume(ConsumeContext<DrillStarted> context)
    {
        var (drill, now) = (context.Message, time.GetUtcNow());
        context.UnitOfWork().Publish(messageId: DeterministicId.Of(drill.EncounterId, "reported"), message: new EncounterReported
        {
            EncounterId = drill.EncounterId,
            At = now,
            // No agency has this number, and none reported it.
            AgencyOri = $"{state.Code.ToUpperInvariant()}0000000",
            StatedCountyFips = drill.CountyFips,
            Urgency = Urgencies.Prompt,
            Test = sandbox.IsOn,
            Reports = [new() { ReportId = drill.ReportId, ReportedAt = now, Child = 1, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown, DrillEndsAt = drill.EndsAt }],
        });
        return Task.CompletedTask;
    }
}
