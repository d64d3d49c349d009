using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>What follows from each step of a need: the offer's row, events, notices, the timer. The state machine says when.</summary>
public sealed partial class NeedSteps(ProviderDirectory directory, Reminders reminders, NoticeBuilder notices, State state, TimeProvider time)
{
    /// <summary>
    /// A provider whose time was over takes the need after all, while nobody has it. What was settled stays so: it gets a new offer, accepted at once, and
    /// the one that another provider has not answered is taken back.
    /// </summary>
    public void AcceptLate(Need need, string provider, UnitOfWork unit)
    {
        var now = Touch(need);
        if (need.OfferId is not null)
        {
            unit.Publish(notices.OfferFilled(need, now));
            Withdraw(need, WithdrawalReasons.Filled, unit);
        }
        EndReminders(need, unit);
        Offer(need, provider, now, now);
        unit.Publish(Made(need, now));
        Accept(need, unit);
    }

    /// <summary>The provider gets the need, and until 30 days after the report may read what tier T1 shows.</summary>
    public void Accept(Need need, UnitOfWork unit)
    {
        var (now, offer) = Settle(need, unit, OfferStates.Accepted);
        unit.CancelTimer(offer.OfferId);
        need.AcceptedBy = offer.Provider;
        need.ContactBy = now + reminders.ContactFor(need);
        Remind(need, unit, reminders.ContactFor(need), now);
        unit.Publish(new OfferAccepted
        {
            EncounterId = need.EncounterId,
            At = now,
            ReportId = need.ReportId,
            NeedId = need.CorrelationId,
            OfferId = offer.OfferId,
            Provider = offer.Provider,
        });
        if (need.ReportedAt + SharedFor is var end && end > now)
            Grant(need, end, now, unit);
    }

    /// <summary>The provider does not take the need.</summary>
    public void Decline(Need need, string reason, UnitOfWork unit)
    {
        var (now, offer) = Settle(need, unit, OfferStates.Declined, reason);
        need.Asked = [.. need.Asked.Select(a => a.Provider == offer.Provider ? a with { Declined = reason } : a)];
        unit.CancelTimer(offer.OfferId);
        unit.Publish(new OfferDeclined
        {
            EncounterId = need.EncounterId,
            At = now,
            ReportId = need.ReportId,
            NeedId = need.CorrelationId,
            OfferId = offer.OfferId,
            Provider = offer.Provider,
            Reason = reason,
        });
    }

    /// <summary>The provider did not answer; the timer has fired.</summary>
    public void Expire(Need need, UnitOfWork unit)
    {
        var (now, offer) = Settle(need, unit, OfferStates.Expired);
        unit.Publish(new OfferExpired
        {
            EncounterId = need.EncounterId,
            At = now,
            ReportId = need.ReportId,
            NeedId = need.CorrelationId,
            OfferId = offer.OfferId,
            Provider = offer.Provider,
        });
    }

    /// <summary>The current offer is taken back, for one of <see cref="WithdrawalReasons"/>.</summary>
    public void Withdraw(Need need, string reason, UnitOfWork unit)
    {
        unit.CancelTimer(need.OfferId!.Value);
        var (now, offer) = Settle(need, unit, OfferStates.Withdrawn, reason);
        unit.Publish(new OfferWithdrawn
        {
            EncounterId = need.EncounterId,
            At = now,
            ReportId = need.ReportId,
            NeedId = need.CorrelationId,
            OfferId = offer.OfferId,
            Provider = offer.Provider,
            Reason = reason,
        });
    }

    /// <summary>The provider accepted and has had no contact in time: the county is told, and again after the same time.</summary>
    public void NotEngaged(Need need, UnitOfWork unit)
    {
        var now = time.GetUtcNow();
        unit.Publish(notices.Unengaged(need, now));
        Remind(need, unit, reminders.ContactFor(need), now);
    }

    /// <summary>Still nobody: the county is told again.</summary>
    public void StillUnfilled(Need need, UnitOfWork unit)
    {
        var now = time.GetUtcNow();
        unit.Publish(notices.UnfilledToCounty(need, now));
        EndReminders(need, unit);
        Remind(need, unit, reminders.UnfilledEvery, now);
    }

    /// <summary>First contact.</summary>
    public void Engaged(Need need, UnitOfWork unit)
    {
        EndReminders(need, unit);
        unit.Publish(new NeedEngaged
        {
            EncounterId = need.EncounterId,
            At = Touch(need),
            ReportId = need.ReportId,
            NeedId = need.CorrelationId,
            Provider = need.AcceptedBy!,
        });
    }

    /// <summary>The need is met.</summary>
    public void Completed(Need need, UnitOfWork unit)
    {
        EndReminders(need, unit);
        unit.Publish(new NeedCompleted
        {
            EncounterId = need.EncounterId,
            At = Touch(need),
            ReportId = need.ReportId,
            NeedId = need.CorrelationId,
            Provider = need.AcceptedBy!,
        });
    }

    /// <summary>The county could not be told that the need is unfilled, or that the provider has had no contact: the state is, and may read it.</summary>
    public void TellState(Need need, string type, Guid lostNotice, UnitOfWork unit)
    {
        need.StateTold = true;
        unit.Publish(notices.ToState(need, type, state.Organization, lostNotice, time.GetUtcNow()));
    }

    private static void Remind(Need need, UnitOfWork unit, TimeSpan after, DateTimeOffset now)
    {
        var reminder = Guid.CreateVersion7(now);
        need.Reminder = reminder;
        unit.StartTimer(Queues.Need, after, new RemindOfNeed(need.EncounterId, need.CorrelationId, reminder), reminder);
    }

    private static void EndReminders(Need need, UnitOfWork unit)
    {
        if (need.Reminder is { } reminder)
            unit.CancelTimer(reminder);
        need.Reminder = null;
    }

    private (DateTimeOffset Now, Offer Offer) Settle(Need need, UnitOfWork unit, string state, string? reason = null)
    {
        var now = Touch(need);
        var offer = Offers.Offer.Of(need) with { State = state, SettledAt = now, Reason = reason };
        unit.Put(offer);
        return (now, offer);
    }

    private DateTimeOffset Touch(Need need) => need.ChangedAt = time.GetUtcNow();
}
