using MassTransit;
using SafeHarbor.Contracts.Disclosure;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>An organization may read a report at a tier, until it expires.</summary>
public sealed class Grant
{
    /// <summary>Legal basis of a grant that somebody took in an emergency: it never shows the reporter.</summary>
    public const string Emergency = "EMERGENCY";

    public Guid GrantId { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    public string Organization { get; set; } = "";
    public string Tier { get; set; } = "";
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
public sealed class GrantConsumer : IConsumer<DisclosureGranted>, IConsumer<DisclosureEnded>
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
            LegalBasis = granted.LegalBasis,
            GrantedAt = granted.At,
            ExpiresAt = granted.ExpiresAt,
        });
        return Task.CompletedTask;
    }
}
