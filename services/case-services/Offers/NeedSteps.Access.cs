using SafeHarbor.CaseServices.Needs;
using SafeHarbor.Contracts.Disclosure;

namespace SafeHarbor.CaseServices.Offers;

/// <summary>How long the provider that accepted reads.</summary>
public sealed partial class NeedSteps
{
    // From the report, not from the acceptance: the county's contract makes the provider a member of its team, which may share for so long, and longer when the
    // county has good cause.
    internal static readonly TimeSpan SharedFor = TimeSpan.FromDays(30);

    /// <summary>The county lets the provider read for 30 more days from now; on the same day again it changes nothing.</summary>
    public void RenewAccess(Need need, UnitOfWork unit)
    {
        var now = time.GetUtcNow();
        if (need.ReadsUntil is { } until && now + SharedFor - until < TimeSpan.FromDays(1))
            return;
        Touch(need);
        need.Renewals++;
        Grant(need, now + SharedFor, now, unit);
    }

    /// <summary>The county lets the provider read no longer: of every grant that it was given, because those before a renewal may still run.</summary>
    public void EndAccess(Need need, UnitOfWork unit)
    {
        if (need.ReadsUntil is null)
            return;
        need.ReadsUntil = null;
        var now = Touch(need);
        for (var renewal = 0; renewal <= need.Renewals; renewal++)
            unit.Publish(new DisclosureEnded
            {
                EncounterId = need.EncounterId,
                At = now,
                ReportId = need.ReportId,
                GrantId = GrantId(need, renewal),
                Organization = Organization.OfProvider(need.AcceptedBy!),
            });
    }

    /// <summary>The provider that has accepted is told that there is more to read, as long as it may read it.</summary>
    public void TellSupplement(Need need, UnitOfWork unit)
    {
        var now = time.GetUtcNow();
        if (need.ReadsUntil > now)
            unit.Publish(notices.OfferSupplemented(need, now));
    }

    /// <summary>The provider that is asked, or has accepted, is told that the agency has taken the report back.</summary>
    public void TellRetraction(Need need, UnitOfWork unit) => unit.Publish(notices.OfferRetracted(need, time.GetUtcNow()));

    private static void Grant(Need need, DateTimeOffset until, DateTimeOffset now, UnitOfWork unit)
    {
        need.ReadsUntil = until;
        unit.Publish(new DisclosureGranted
        {
            EncounterId = need.EncounterId,
            At = now,
            ReportId = need.ReportId,
            GrantId = GrantId(need, need.Renewals),
            Organization = Organization.OfProvider(need.AcceptedBy!),
            Tier = Tiers.Accepted,
            LegalBasis = RuleUses.ProviderGrant,
            ExpiresAt = until,
        });
    }

    private static Guid GrantId(Need need, int renewal) => DeterministicId.Of(need.OfferId!.Value, renewal == 0 ? "grant" : $"grant {renewal}");
}
