using MassTransit;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CaseServices.Referrals;

/// <summary>
/// Takes up a child's needs when its responder is known, and not only guessed, and releases those that are no emergency when that one has accepted. They
/// move on with the report, when whom it was referred on to has accepted, and learn what its agency adds to it, or that it takes it back. Message ids follow from the need's id: a report that is routed again opens and releases nothing twice.
/// </summary>
public sealed class TakeUpNeeds(TimeProvider time) : IConsumer<HandoffOpened>, IConsumer<HandoffConfirmed>, IConsumer<HandoffAccepted>, IConsumer<ReportSupplemented>,
    IConsumer<ReportRetracted>
{
    public Task Consume(ConsumeContext<HandoffOpened> context)
    {
        var handoff = context.Message;
        // What is referred on has been taken up before; its responder changes with the next one's acceptance.
        if (handoff.Role == Role.Responder && handoff.Confidence != Confidences.Low && handoff.Referral is null)
            Open(handoff.EncounterId, handoff.Organization, handoff.Urgency, handoff.Child, context.UnitOfWork());
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<HandoffConfirmed> context)
    {
        var (handoff, unit) = (context.Message, context.UnitOfWork());
        if (handoff.Keeps)
            return Task.CompletedTask;
        Open(handoff.EncounterId, handoff.Organization, handoff.Urgency, handoff.Child, unit);
        // Needs that were opened before may have had another responder.
        Change(handoff.EncounterId, handoff.Organization, handoff.Child, unit);
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<HandoffAccepted> context)
    {
        var (handoff, unit) = (context.Message, context.UnitOfWork());
        if (handoff.Role != Role.Responder)
            return Task.CompletedTask;
        if (handoff.Referral is not null)
            Change(handoff.EncounterId, handoff.Organization, handoff.Child, unit);
        // Who refers the report on at once does not ask anybody for the child.
        if (!handoff.RefersOn)
        {
            // An emergency need has been offered since its opening.
            foreach (var need in handoff.Child.Needs.Where(need => !NeedTypes.Emergency.Contains(need.Type)))
            {
                var facts = Facts(handoff.EncounterId, handoff.Organization, handoff.Urgency, handoff.Child, need);
                unit.Send(Queues.Need, new ReleaseNeed { Need = facts }, IdOf(need, "released"));
            }
        }
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<ReportSupplemented> context)
    {
        var added = context.Message;
        foreach (var need in added.NeedIds)
            context.UnitOfWork().Send(Queues.Need, new SupplementNeed
            {
                EncounterId = added.EncounterId,
                NeedId = need,
                IsForWhoeverMeetsTheChild = added.Tells.Any(SupplementFacts.ForWhoeverMeetsTheChild.Contains),
                ImmediateDanger = added.ImmediateDanger,
                Child = added.Child,
            }, DeterministicId.Of(need, $"supplement {added.SupplementId}"));
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<ReportRetracted> context)
    {
        var retracted = context.Message;
        foreach (var need in retracted.NeedIds)
            context.UnitOfWork().Send(Queues.Need, new RetractNeed(retracted.EncounterId, need, retracted.At), DeterministicId.Of(need, "retracted"));
        return Task.CompletedTask;
    }

    private void Open(Guid encounter, Organization responder, string urgency, ReportedChild child, UnitOfWork unit)
    {
        foreach (var need in child.Needs)
            unit.Publish(Facts(encounter, responder, urgency, child, need), IdOf(need, "opened"));
    }

    private static void Change(Guid encounter, Organization responder, ReportedChild child, UnitOfWork unit)
    {
        foreach (var need in child.Needs)
            unit.Send(Queues.Need, new ChangeResponder(encounter, need.NeedId, responder));
    }

    private static Guid IdOf(RequestedNeed need, string what) => DeterministicId.Of(need.NeedId, what);

    private NeedOpened Facts(Guid encounter, Organization responder, string urgency, ReportedChild child, RequestedNeed need) => new()
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
