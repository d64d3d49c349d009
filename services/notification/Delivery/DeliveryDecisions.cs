using SafeHarbor.Contracts.Notification;
using SafeHarbor.Notification.Notices;

namespace SafeHarbor.Notification.Delivery;

/// <summary>A notice with all that hangs on it, as one reading of the database saw it.</summary>
internal sealed record NoticeState(Notice Notice, IReadOnlyList<NoticeDelivery> Deliveries, int LastEntry, int Attempts);

/// <summary>
/// Decides what follows from an attempt, or from there being nobody to attempt: rows and events in one unit of work. No I/O.
/// The journal entry comes first: whoever decides about the same notice meets its key before any other row.
/// </summary>
/// <param name="schedule">When a failed attempt is repeated.</param>
/// <param name="time">The clock of events and journal.</param>
internal sealed class DeliveryDecisions(Schedule schedule, TimeProvider time)
{
    /// <summary>Gives a new notice that has no endpoint and no reader its number in the feed, and its end.</summary>
    public void NobodyToTell(UnitOfWork unit, Notice notice, long number)
    {
        unit.Add(Entry(notice.Id, 1, JournalKinds.Addressed));
        notice.Number = number;
        GiveUp(unit, notice, UndeliverableReasons.NoEndpoint);
        unit.Put(notice);
    }

    /// <summary>The organization has read a notice in its feed: it has it, whatever becomes of its deliveries.</summary>
    public void Read(UnitOfWork unit, NoticeState state)
    {
        var notice = state.Notice;
        if (notice.State is not (NoticeStates.InFeed or NoticeStates.Sending or NoticeStates.Failing))
            return;
        unit.Add(Entry(notice.Id, state.LastEntry + 1, JournalKinds.Read));
        Delivered(unit, notice, state.Attempts);
        unit.Put(notice);
    }

    /// <summary>A notice that waits in a feed was not read in time.</summary>
    public void FeedSilent(UnitOfWork unit, NoticeState state)
    {
        var notice = state.Notice;
        if (notice.State != NoticeStates.InFeed)
            return;
        unit.Add(Entry(notice.Id, state.LastEntry + 1, JournalKinds.GivenUp));
        GiveUp(unit, notice, UndeliverableReasons.FeedSilent);
        unit.Put(notice);
    }

    /// <summary>Records one attempt.</summary>
    /// <param name="unit">Takes the decision.</param>
    /// <param name="state">The notice, read just now.</param>
    /// <param name="claimed">The delivery as it was when the attempt began.</param>
    /// <param name="attempt">What came of it.</param>
    /// <param name="databaseNow">The database's clock.</param>
    /// <param name="endpointChanged">Its owner changed the endpoint during the attempt: a failure says nothing about the endpoint as it is now.</param>
    public void Record(UnitOfWork unit, NoticeState state, NoticeDelivery claimed, AttemptResult attempt, DateTimeOffset databaseNow,
        bool endpointChanged = false)
    {
        var notice = state.Notice;
        var delivery = state.Deliveries.Single(d => d.Id == claimed.Id);
        unit.Add(Entry(notice.Id, state.LastEntry + 1, attempt == AttemptResult.NotMade ? JournalKinds.GivenUp : JournalKinds.Attempted, claimed, attempt));
        if (delivery.State != DeliveryStates.Pending)
            return;
        if (attempt.IsDelivered)
        {
            (delivery.State, delivery.Claim) = (DeliveryStates.Delivered, null);
            Delivered(unit, notice, state.Attempts + 1);
        }
        else if (delivery.Claim == claimed.Claim)
        {
            Failed(delivery, attempt, databaseNow, endpointChanged);
            if (state.Deliveries.All(d => d.State == DeliveryStates.GivenUp))
                GiveUp(unit, notice, state.Deliveries.All(d => d.Reason == UndeliverableReasons.Gone) ? UndeliverableReasons.Gone : UndeliverableReasons.AttemptsExhausted);
            else
                Failing(unit, notice);
        }
        else
        {
            // The lease ran out and somebody else attempts it now: theirs is the outcome that counts.
            return;
        }
        unit.Put(delivery);
        unit.Put(notice);
    }

    /// <summary>Begins the deliveries to these endpoints anew. What was reported about the notice stays reported.</summary>
    public void Resend(UnitOfWork unit, NoticeState state, IReadOnlyList<Guid> endpoints, DateTimeOffset databaseNow)
    {
        var notice = state.Notice;
        unit.Add(Entry(notice.Id, state.LastEntry + 1, JournalKinds.Resent));
        foreach (var endpoint in endpoints)
        {
            var delivery = state.Deliveries.SingleOrDefault(d => d.EndpointId == endpoint) ?? NoticeDelivery.Of(notice.Id, endpoint, databaseNow);
            (delivery.State, delivery.Reason, delivery.Attempts, delivery.StartedAt) = (DeliveryStates.Pending, null, 0, databaseNow);
            // While an attempt runs, its outcome says what is next.
            if (delivery.Claim is null)
                delivery.DueAt = databaseNow;
            unit.Put(delivery);
        }
        if (notice.State == NoticeStates.Undeliverable)
            (notice.State, notice.Reason) = (NoticeStates.Sending, null);
        unit.Put(notice);
    }

    private void Failed(NoticeDelivery delivery, AttemptResult attempt, DateTimeOffset databaseNow, bool endpointChanged)
    {
        delivery.Claim = null;
        delivery.Attempts++;
        TimeSpan? wait = endpointChanged ? TimeSpan.Zero
            : attempt.IsGone ? null
            : schedule.Next(delivery.Attempts, databaseNow - delivery.StartedAt, attempt, Schedule.Jitter());
        if (wait is { } later)
            delivery.DueAt = databaseNow + later;
        else
            (delivery.State, delivery.Reason) = (DeliveryStates.GivenUp, attempt.IsGone ? UndeliverableReasons.Gone : UndeliverableReasons.AttemptsExhausted);
    }

    private void Delivered(UnitOfWork unit, Notice notice, int attempts)
    {
        (notice.State, notice.Reason) = (NoticeStates.Delivered, null);
        if (notice.DeliveredAt is not null)
            return;
        notice.DeliveredAt = time.GetUtcNow();
        Tell(unit, notice, encounter => new NoticeDelivered
        {
            EncounterId = encounter,
            At = notice.DeliveredAt.Value,
            NoticeId = notice.Id,
            RequestedBy = notice.RequestedBy,
            Organization = notice.Organization,
            Attempts = attempts,
            Keeper = notice.Keeper,
        }, "delivered");
    }

    private void Failing(UnitOfWork unit, Notice notice)
    {
        if (notice.State == NoticeStates.Sending)
            notice.State = NoticeStates.Failing;
        if (notice.FailingAt is not null || notice.DeliveredAt is not null)
            return;
        notice.FailingAt = time.GetUtcNow();
        Tell(unit, notice, encounter => new NoticeFailing
        {
            EncounterId = encounter,
            At = notice.FailingAt.Value,
            NoticeId = notice.Id,
            RequestedBy = notice.RequestedBy,
            Organization = notice.Organization,
        }, "failing");
    }

    private void GiveUp(UnitOfWork unit, Notice notice, string reason)
    {
        if (notice.DeliveredAt is not null)
            return;
        (notice.State, notice.Reason) = (NoticeStates.Undeliverable, reason);
        if (notice.UndeliverableAt is not null)
            return;
        notice.UndeliverableAt = time.GetUtcNow();
        Tell(unit, notice, encounter => new NoticeUndeliverable
        {
            EncounterId = encounter,
            At = notice.UndeliverableAt.Value,
            NoticeId = notice.Id,
            RequestedBy = notice.RequestedBy,
            Organization = notice.Organization,
            Reason = reason,
            Keeper = notice.Keeper,
        }, "undeliverable");
    }

    private JournalEntry Entry(Guid notice, int number, string kind, NoticeDelivery? delivery = null, AttemptResult? attempt = null) => new()
    {
        NoticeId = notice,
        Number = number,
        At = time.GetUtcNow(),
        Kind = kind,
        DeliveryId = delivery?.Id,
        EndpointId = delivery?.EndpointId,
        Status = attempt?.Status,
        Error = attempt?.Error,
        Milliseconds = attempt is null || attempt == AttemptResult.NotMade ? null : (int)attempt.Duration.TotalMilliseconds,
    };

    // The same event is the same message to whoever receives it, should it ever be published twice. Nobody waits for what becomes of a notice about the system itself.
    private static void Tell<T>(UnitOfWork unit, Notice notice, Func<Guid, T> what, string id) where T : class
    {
        if (notice.EncounterId is { } encounter)
            unit.Publish(what(encounter), DeterministicId.Of(notice.Id, id));
    }
}
