using MassTransit;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CaseServices.Referrals;

/// <summary>
/// Takes up a child's needs when its responder is known, and releases those that are no emergency when that one has accepted. Message ids follow from the
/// need's id: a report that is routed again opens and releases nothing twice.
/// </summary>
public sealed class TakeUpNeeds(TimeProvider time) : IConsumer<HandoffOpened>, IConsumer<HandoffAccepted>
{
    public Task Consume(ConsumeContext<HandoffOpened> context)
    {
        var handoff = context.Message;
        if (handoff.Role == Roles.Responder)
        {
            foreach (var need in handoff.Child.Needs)
                context.UnitOfWork().Publish(Facts(handoff.EncounterId, handoff.Organization, handoff.Urgency, handoff.Child, need), IdOf(need, "opened"));
        }
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<HandoffAccepted> context)
    {
        var handoff = context.Message;
        if (handoff.Role == Roles.Responder)
        {
            // An emergency need has been offered since its opening.
            foreach (var need in handoff.Child.Needs.Where(need => !NeedTypes.Emergency.Contains(need.Type)))
            {
                var facts = Facts(handoff.EncounterId, handoff.Organization, handoff.Urgency, handoff.Child, need);
                context.UnitOfWork().Send(Queues.Need, new ReleaseNeed { Need = facts }, IdOf(need, "released"));
            }
        }
        return Task.CompletedTask;
    }

    private static Guid IdOf(RequestedNeed need, string what) => DeterministicId.Of(need.NeedId, what);

    private NeedOpened Facts(Guid encounter, string responder, string urgency, ReportedChild child, RequestedNeed need) => new()
    {
        EncounterId = encounter,
        At = time.GetUtcNow(),
        ReportId = child.ReportId,
        NeedId = need.NeedId,
        ReportedAt = child.ReportedAt,
        Type = need.Type,
        Responder = responder,
        Emergency = NeedTypes.Emergency.Contains(need.Type),
        Urgency = urgency,
        AgeBand = child.AgeBand,
        Gender = child.Gender,
        Languages = child.Languages,
        GuardianUnsafe = child.GuardianUnsafe,
    };
}
