using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;

namespace SafeHarbor.Intake.Whereabouts;

/// <summary>Somebody said with whom a child is. It is kept as it was told; what differs is told anew.</summary>
public sealed class Telling
{
    public Guid TellingId { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    /// <summary>The report's agency: whose it is.</summary>
    public string AgencyOri { get; set; } = "";
    public string Holder { get; set; } = "";
    public DateTimeOffset Since { get; set; }
    /// <summary>To whom the child goes next; null when that was not said.</summary>
    public string? NextHolder { get; set; }
    public DateTimeOffset? NextAt { get; set; }
    /// <summary>Who said it. Nobody is shown more than its kind.</summary>
    public Organization Organization { get; set; } = null!;
    public DateTimeOffset ToldAt { get; set; }

    /// <summary>Says the same as another, whoever said it and when.</summary>
    public bool Repeats(Telling? other) =>
        other is not null && (Holder, Since, NextHolder, NextAt) == (other.Holder, other.Since, other.NextHolder, other.NextAt);

    /// <summary>As it is shown.</summary>
    public ToldWhereabouts Shown => new(Holder, Since, Tellers.Of(Organization), ToldAt, NextHolder is { } to ? new(to, NextAt) : null);

    /// <summary>As it travels.</summary>
    public WhereaboutsChanged Event => new()
    {
        EncounterId = EncounterId,
        At = ToldAt,
        ReportId = ReportId,
        Holder = Holder,
        Since = Since,
        NextHandOver = Shown.NextHandOver,
        ToldBy = Tellers.Of(Organization)!,
    };
}

/// <summary>With whom a child is, as somebody has said. Null is not known.</summary>
/// <param name="Holder">With whom.</param>
/// <param name="Since">Since when.</param>
/// <param name="ToldBy">Who says so; null when nobody has said anything.</param>
/// <param name="ToldAt">When that was said.</param>
/// <param name="NextHandOver">To whom the child goes next.</param>
public sealed record ToldWhereabouts([CodeOf(typeof(Holders))] string Holder, DateTimeOffset? Since, [CodeOf(typeof(Tellers))] string? ToldBy, DateTimeOffset? ToldAt, HandOver? NextHandOver)
{
    private static readonly ToldWhereabouts Nothing = new(Holders.Unknown, null, null, null, null);

    /// <summary>What was told first of all, with the report: whoever takes custody of a child has it. It follows from the report and is stored nowhere else.</summary>
    public static IEnumerable<ToldWhereabouts> OfCustody(Encounter encounter) =>
        encounter.CustodyTaken == true ? [new(Holders.Officer, PlausibleInstant.FirstOf(encounter.ReceivedAt, encounter.CustodyTakenAt), Tellers.Agency, encounter.ReceivedAt, null)] : [];

    /// <summary>The one that counts: the newest, whoever told it; of two about the same moment the one that was told last.</summary>
    public static ToldWhereabouts LatestOf(IEnumerable<ToldWhereabouts> told) =>
        told.MaxBy(t => (t.Since ?? DateTimeOffset.MinValue, t.ToldAt)) ?? Nothing;

    /// <summary>The one that counts of an encounter's report, by what is on the timeline.</summary>
    public static ToldWhereabouts LatestOf(Encounter encounter, Guid reportId, IEnumerable<IEncounterEvent> events) => LatestOf(
        [.. OfCustody(encounter), .. events.OfType<WhereaboutsChanged>().Where(e => e.ReportId == reportId).Select(e => new ToldWhereabouts(e.Holder, e.Since, e.ToldBy, e.At, e.NextHandOver))]);
}
