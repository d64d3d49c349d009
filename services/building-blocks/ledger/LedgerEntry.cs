using System.Text.Json;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Ledger;

/// <summary>
/// One line of the ledger: who did what with what. It is written in the transaction of what it tells of, or before the answer that it tells of is
/// given; the database refuses every change to it. It holds ids and codes, no personal data of a child.
/// </summary>
public sealed class LedgerEntry
{
    /// <summary>Given by the database. Its order is that of the writing; the order that counts is the chain's.</summary>
    public long EntryId { get; set; }
    /// <summary>When it happened, UTC in whole microseconds.</summary>
    public DateTimeOffset At { get; set; }
    /// <summary>One of <see cref="LedgerActions"/>.</summary>
    [CodeOf(typeof(LedgerActions))]
    public string Action { get; set; } = "";
    /// <summary>The organization that acted, or that was given something, for example <c>county:06037</c>; null when the system acted for itself.</summary>
    public string? Organization { get; set; }
    /// <summary>The token's <c>sub</c> of whoever acted; null when the system did.</summary>
    public string? Subject { get; set; }
    /// <summary>The report that it is about.</summary>
    public Guid? ReportId { get; set; }
    /// <summary>What else it is about: an id, a county's FIPS code, a provider's slug.</summary>
    public string? About { get; set; }
    /// <summary>How much of the report was readable.</summary>
    public string? Tier { get; set; }
    /// <summary>The grant that allowed it.</summary>
    public Guid? GrantId { get; set; }
    /// <summary>The reporter's identity was part of the answer (PC 11167(d)).</summary>
    public bool ReporterIdentity { get; set; }
    /// <summary>What the caller said it was for.</summary>
    public string? Purpose { get; set; }
    /// <summary>Further codes, ids and numbers, as JSON; null when there are none.</summary>
    public string? Facts { get; set; }

    /// <summary>An entry about what a caller does.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="action">One of <see cref="LedgerActions"/>.</param>
    /// <param name="at">When.</param>
    /// <param name="about">What it is about, beside a report.</param>
    /// <param name="report">The report that it is about.</param>
    /// <param name="facts">Codes, ids and numbers; an object that becomes JSON.</param>
    public static LedgerEntry By(Caller caller, string action, DateTimeOffset at, object? about = null, Guid? report = null, object? facts = null) =>
        new LedgerEntry { At = at, Action = action, Organization = caller.Organization.Text, Subject = caller.Subject }.Describe(about, report, facts);

    /// <summary>Says what it is about.</summary>
    public LedgerEntry Describe(object? about, Guid? report, object? facts)
    {
        (ReportId, About) = (report, about?.ToString());
        Facts = facts is null ? null : JsonSerializer.Serialize(facts, JsonSerializerOptions.Web);
        return this;
    }
}
