using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>What follows from each step of a need: the offer's row, events, notices, the timer. The state machine says when.</summary>
public sealed class NeedSteps(ProviderDirectory directory, Reminders reminders, NoticeBuilder notices, State state, TimeProvider time)
{
    // From the report, not from the acceptance: the county's contract makes the provider a member of its team, which may share for so long.
    private static readonly TimeSpan SharedFor = TimeSpan.FromDays(30);

    /// <summary>Makes the next offer; when nobody is left, the need has no current offer and the county is told.</summary>
    public void AskNext(Need need, UnitOfWork unit)
    {
        var now = Touch(need);
        if (ProviderRanking.Rank(directory.Listed, need.Sought, state.DayOf(now), need.Asked) is [var next, ..])
            Ask(next, need, unit, now);
        else
            GiveUp(need, unit, now);
    }

    /// <summary>The provider gets the need, and until 30 days after the report may read what tier T1 shows.</summary>
    public void Accept(Need need, UnitOfWork unit)
    {
        var (now, offer) = Settle(need, unit, OfferStates.Accepted);
        unit.CancelTimer(offer.OfferId);
        need.AcceptedBy = offer.Provider;
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
        {
            unit.Publish(new DisclosureGranted
            {
                EncounterId = need.EncounterId,
                At = now,
                ReportId = need.ReportId,
                GrantId = DeterministicId.Of(offer.OfferId, "grant"),
                Organization = $"provider:{offer.Provider}",
                Tier = Tiers.Accepted,
                LegalBasis = RuleUses.ProviderGrant,
                ExpiresAt = end,
            });
        }
    }

    /// <summary>The provider does not take the need.</summary>
    public void Decline(Need need, string reason, UnitOfWork unit)
    {
        var (now, offer) = Settle(need, unit, OfferStates.Declined, reason);
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

    /// <summary>The provider could not be told; waiting for its answer would be waiting for nothing.</summary>
    public void Withdraw(Need need, UnitOfWork unit)
    {
        unit.CancelTimer(need.OfferId!.Value);
        var (now, offer) = Settle(need, unit, OfferStates.Withdrawn);
        unit.Publish(new OfferWithdrawn
        {
            EncounterId = need.EncounterId,
            At = now,
            ReportId = need.ReportId,
            NeedId = need.CorrelationId,
            OfferId = offer.OfferId,
            Provider = offer.Provider,
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

    /// <summary>The county could not be told that the need is unfilled: the state is.</summary>
    public void TellState(Need need, Guid lostNotice, UnitOfWork unit) => unit.Publish(notices.ToState(need, "need.unfilled.v1", state.Organization, lostNotice, Touch(need)));

    /// <summary>The county could not be told that the provider has had no contact: the state is.</summary>
    public void TellStateOfNoContact(Need need, Guid lostNotice, UnitOfWork unit) => unit.Publish(notices.ToState(need, "need.unengaged.v1", state.Organization, lostNotice, time.GetUtcNow()));

    private void Ask(Candidate next, Need need, UnitOfWork unit, DateTimeOffset now)
    {
        var patience = TimeSpan.FromSeconds(next.Contract.AnswerWithinSeconds);
        need.OfferId = Guid.CreateVersion7(now);
        need.OfferedTo = next.Provider.Slug;
        need.OfferedAt = now;
        need.OfferExpiresAt = now + patience;
        need.Asked = [.. need.Asked, next.Provider.Slug];
        var offer = Offer.Of(need);
        unit.Put(offer);
        unit.Publish(new OfferMade
        {
            EncounterId = need.EncounterId,
            At = now,
            ReportId = need.ReportId,
            NeedId = need.CorrelationId,
            OfferId = offer.OfferId,
            Provider = offer.Provider,
            ExpiresAt = offer.ExpiresAt,
        });
        unit.Publish(notices.OfferMade(need, now));
        unit.StartTimer(Queues.Need, patience, new OfferRanOut(need.EncounterId, need.CorrelationId, offer.OfferId), offer.OfferId);
    }

    private void GiveUp(Need need, UnitOfWork unit, DateTimeOffset now)
    {
        (need.OfferId, need.OfferedTo, need.OfferedAt, need.OfferExpiresAt) = (null, null, null, null);
        unit.Publish(new NeedUnfilled { EncounterId = need.EncounterId, At = now, ReportId = need.ReportId, NeedId = need.CorrelationId, Responder = need.Responder });
        unit.Publish(notices.UnfilledToCounty(need, now));
        Remind(need, unit, reminders.UnfilledEvery, now);
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
        var offer = Offer.Of(need) with { State = state, SettledAt = now, Reason = reason };
        unit.Put(offer);
        return (now, offer);
    }

    private DateTimeOffset Touch(Need need) => need.ChangedAt = time.GetUtcNow();
}
