using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>
/// What every worker's list is asked for, beside its page and filters of its own: <c>?open=&amp;overdue=&amp;since=</c>. A handler takes it as
/// <c>[AsParameters]</c>. What is due soonest comes first; what has no due time follows, the newest first.
/// </summary>
/// <param name="Open"><c>true</c>: only what somebody still has to do something about; <c>false</c>: only what nobody has.</param>
/// <param name="Overdue"><c>true</c>: only what should have been done by now, by the clock of the database; <c>false</c>: only what has time, or no due time.</param>
/// <param name="Since">Only what was opened at this instant or later; an instant with its offset from UTC.</param>
public sealed record WorkQuery([property: FromQuery(Name = "open")] bool? Open, [property: FromQuery(Name = "overdue")] bool? Overdue,
    [property: FromQuery(Name = "since")] DateTimeOffset? Since);

/// <summary>The place of something in a worker's list.</summary>
/// <param name="DueAt">When it is due; null when nothing is.</param>
/// <param name="OpenedAt">When it was opened.</param>
/// <param name="Id">Its id, by which those of the same instants are told apart.</param>
public readonly record struct WorkPosition(DateTimeOffset? DueAt, DateTimeOffset OpenedAt, Guid Id)
{
    private const string Nothing = "-";

    /// <summary>The place as the key of a cursor.</summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"{DueAt?.ToString("O", CultureInfo.InvariantCulture) ?? Nothing} {OpenedAt:O} {Id}");

    /// <summary>Where a page begins; null for the first one. Adds what is wrong with the query.</summary>
    public static WorkPosition? After(PageQuery page, ValidationErrors errors) => page.KeyText(errors) is { } key ? Parse(key) : null;

    private static WorkPosition Parse(string key) => key.Split(' ') is [var due, var opened, var id]
        ? new(due == Nothing ? null : Instant(due), Instant(opened), Guid.Parse(id))
        : throw new FormatException("A worker's list made no such key.");

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
