using MassTransit;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>An organization may read a report at a tier, until it expires.</summary>
public sealed class Grant
{
    public Guid GrantId { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    public Organization Organization { get; set; } = null!;
    public string Tier { get; set; } = "";
    /// <summary>Ids of the rules that it rests on in the law register, separated by blanks; one that was taken in an emergency says just <see cref="RuleUses.EmergencyGrant"/>.</summary>
    public string LegalBasis { get; set; } = "";
    public DateTimeOffset GrantedAt { get; set; }
    public DateTimeOffset ExpiresAt { get; set; }
}

/// <summary>A grant ends before its time.</summary>
public sealed class GrantEnd
{
    public Guid GrantId { get; set; }
    public DateTimeOffset EndedAt { get; set; }
}

/// <summary>Keeps the grants that county-routing and case-services give and end; the database puts each on the ledger.</summary>
public sealed class GrantConsumer(LawRegister law, AwaitedGrants awaited) : IConsumer<DisclosureGranted>, IConsumer<DisclosureEnded>
{
    public Task Consume(ConsumeContext<DisclosureEnded> context)
    {
        context.UnitOfWork().AddOnce(new GrantEnd { GrantId = context.Message.GrantId, EndedAt = context.Message.At });
        return Task.CompletedTask;
    }

    public Task Consume(ConsumeContext<DisclosureGranted> context)
    {
        var granted = context.Message;
        context.UnitOfWork().AddOnce(new Grant
        {
            GrantId = granted.GrantId,
            EncounterId = granted.EncounterId,
            ReportId = granted.ReportId,
            Organization = granted.Organization,
            Tier = granted.Tier,
            LegalBasis = law.IdsFor(granted.LegalBasis),
            GrantedAt = granted.At,
            ExpiresAt = granted.ExpiresAt,
        });
        context.UnitOfWork().AfterCommit(() => awaited.Tell(granted.ReportId, granted.Organization));
        return Task.CompletedTask;
    }
}
