using SafeHarbor.CaseServices.Needs;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.Contracts.CaseServices;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>Who is asked next, and what follows when nobody is.</summary>
public sealed partial class NeedSteps
{
    /// <summary>Makes the next offer; when nobody is left, the need has no current offer and the county is told.</summary>
    public void AskNext(Need need, UnitOfWork unit)
    {
        var now = Touch(need);
        if (ProviderRanking.Rank(directory.Listed, need.Sought, state.DayOf(now), [.. need.Asked.Select(a => a.Provider)]) is [var next, ..])
            Ask(next, need, unit, now);
        else
            GiveUp(need, unit, now);
    }

    /// <summary>
    /// Nobody has the need: whoever fits and has not been asked since the directory last changed about it is asked. When there is nobody, nothing changes.
    /// </summary>
    public void AskChanged(Need need, UnitOfWork unit)
    {
        var now = time.GetUtcNow();
        if (Changed(need, now) is not { } next)
            return;
        EndReminders(need, unit);
        Touch(need);
        Ask(next, need, unit, now);
    }

    /// <summary>The county wants everybody asked again, save who must not have the child and who is being asked.</summary>
    public static void ForgetAnswers(Need need) => need.Asked = [.. need.Asked.Where(a => a.IsBarred || a.Provider == need.OfferedTo)];

    /// <summary>Whether a provider that was asked may still take the need: it has a contract with the county, and may have the child.</summary>
    public bool MayStillAccept(Need need, string provider) =>
        directory.Find(provider) is { } listed && ProviderRanking.ContractOf(listed.Provider, need.CountyFips, state.DayOf(time.GetUtcNow())) is not null
        && !need.Asked.Any(a => a.Provider == provider && a.IsBarred);

    private void Ask(Candidate next, Need need, UnitOfWork unit, DateTimeOffset now)
    {
        var patience = TimeSpan.FromSeconds(next.Contract.AnswerWithinSeconds);
        Offer(need, next.Provider.Slug, now, now + patience);
        unit.Put(Offers.Offer.Of(need));
        unit.Publish(Made(need, now));
        unit.Publish(notices.OfferMade(need, now));
        unit.StartTimer(Queues.Need, patience, new OfferRanOut(need.EncounterId, need.CorrelationId, need.OfferId!.Value), need.OfferId);
    }

    private static void Offer(Need need, string provider, DateTimeOffset now, DateTimeOffset expiresAt)
    {
        (need.OfferId, need.OfferedTo, need.OfferedAt, need.OfferExpiresAt) = (Guid.CreateVersion7(now), provider, now, expiresAt);
        need.Asked = [.. need.Asked.Where(a => a.Provider != provider), new AskedProvider(provider, now)];
    }

    private static OfferMade Made(Need need, DateTimeOffset now) => new()
    {
        EncounterId = need.EncounterId,
        At = now,
        ReportId = need.ReportId,
        NeedId = need.CorrelationId,
        OfferId = need.OfferId!.Value,
        Provider = need.OfferedTo!,
        ExpiresAt = need.OfferExpiresAt!.Value,
    };

    private Candidate? Changed(Need need, DateTimeOffset now) => ProviderRanking.Rank(directory.Listed, need.Sought, state.DayOf(now),
        [.. need.Asked.Where(a => a.IsUnchanged(directory.Find(a.Provider))).Select(a => a.Provider)]) is [var next, ..] ? next : null;

    private void GiveUp(Need need, UnitOfWork unit, DateTimeOffset now)
    {
        (need.OfferId, need.OfferedTo, need.OfferedAt, need.OfferExpiresAt) = (null, null, null, null);
        unit.Publish(new NeedUnfilled { EncounterId = need.EncounterId, At = now, ReportId = need.ReportId, NeedId = need.CorrelationId, Responder = need.Responder });
        unit.Publish(notices.UnfilledToCounty(need, now));
        Remind(need, unit, reminders.UnfilledEvery, now);
        // Somebody has changed while others were being asked. The county is told all the same that the first round has ended.
        if (Changed(need, now) is not null)
            unit.Send(Queues.Need, new RankNeedAgain(need.EncounterId, need.CorrelationId));
    }
}
