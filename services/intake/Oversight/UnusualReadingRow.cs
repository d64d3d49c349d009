using SafeHarbor.Contracts.Disclosure;

namespace SafeHarbor.Intake.Oversight;

/// <summary>Unusual reading that was found and told.</summary>
internal sealed class UnusualReadingRow
{
    /// <summary>Follows from reader, rule and window, so that each is told once.</summary>
    public Guid UnusualReadingId { get; set; }
    public Organization Organization { get; set; } = null!;
    public string Subject { get; set; } = "";
    public string Rule { get; set; } = "";
    public DateTimeOffset Since { get; set; }
    public DateTimeOffset FoundAt { get; set; }
    public Guid ReportId { get; set; }
    public Guid EncounterId { get; set; }
    public int Reports { get; set; }
    public int Counties { get; set; }

    public static UnusualReadingRow Of(Reading reader, RecentReads recent, string rule, DateTimeOffset window, DateTimeOffset now) => new()
    {
        UnusualReadingId = DeterministicId.Of(Guid.Empty, $"unusual reading: {reader.Organization} {reader.Subject} {rule} {window:O}"),
        Organization = reader.Organization,
        Subject = reader.Subject,
        Rule = rule,
        Since = window,
        FoundAt = now,
        ReportId = reader.ReportId,
        EncounterId = reader.EncounterId,
        Reports = recent.Reports,
        Counties = recent.Counties,
    };

    /// <summary>The finding, what the ledger and the encounter's timeline say of it, and a notice to the reader's organization and to the state.</summary>
    public void Tell(UnitOfWork unit, NoticeBuilder notices, Organization state)
    {
        unit.Add(this);
        unit.Add(new LedgerEntry
        {
            At = FoundAt,
            Action = LedgerActions.ReadingUnusual,
            Organization = Organization.Text,
            Subject = Subject,
            ReportId = ReportId,
            About = UnusualReadingId.ToString(),
            Facts = $$"""{"rule":"{{Rule}}","reports":{{Reports}},"counties":{{Counties}}}""",
        });
        unit.Publish(new UnusualReading
        {
            EncounterId = EncounterId,
            At = FoundAt,
            ReportId = ReportId,
            UnusualReadingId = UnusualReadingId,
            Organization = Organization,
            Rule = Rule,
            Reports = Reports,
            Counties = Counties,
            Since = Since,
        });
        var subject = new NoticeSubject(SubjectKinds.UnusualReading, UnusualReadingId, $"/v1/unusual-readings/{UnusualReadingId}");
        foreach (var organization in new[] { Organization, state }.Distinct())
            unit.Publish(notices.About(subject, EncounterId, NoticeTypes.UnusualReading, organization, Urgencies.Prompt, FoundAt)
                with
            { NoticeId = DeterministicId.Of(UnusualReadingId, $"notice to {organization}") });
    }
}

/// <summary>How far the watch has followed the ledger's chain.</summary>
internal sealed class WatchPosition
{
    public const string OfReading = "unusual-reading";

    public string Watch { get; set; } = "";
    public long Position { get; set; }
}
