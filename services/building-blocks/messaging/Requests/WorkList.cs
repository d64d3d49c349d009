using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.ServiceDefaults.Endpoints;

namespace SafeHarbor.Messaging.Requests;

/// <summary>
/// A worker's list over a table: what is due soonest first, then what has no due time, the newest first. The order is total: the id decides between the same
/// instants, so that pages neither repeat nor leave out a row that stays as it is. An index has the same columns in the same order.
/// </summary>
/// <typeparam name="TRow">The table's rows.</typeparam>
public sealed class WorkList<TRow> where TRow : class
{
    private readonly Expression<Func<TRow, bool>> _open;
    private readonly Expression<Func<TRow, bool>> _closed;
    private readonly string _dueAt;
    private readonly string _openedAt;
    private readonly string _id;

    /// <summary>Says what the list goes by.</summary>
    /// <param name="open">Somebody still has to do something about it.</param>
    /// <param name="dueAt">Name of the property that says when it is due, null when nothing is.</param>
    /// <param name="openedAt">Name of the property that says when it was opened.</param>
    /// <param name="id">Name of the key.</param>
    public WorkList(Expression<Func<TRow, bool>> open, string dueAt, string openedAt, string id)
    {
        (_open, _dueAt, _openedAt, _id) = (open, dueAt, openedAt, id);
        _closed = Expression.Lambda<Func<TRow, bool>>(Expression.Not(open.Body), open.Parameters);
    }

    /// <summary>The rows that are asked for, in their order, from behind <paramref name="after"/> on.</summary>
    public IQueryable<TRow> Of(IQueryable<TRow> rows, WorkQuery asked, WorkPosition? after)
    {
        if (asked.Open is { } open)
            rows = rows.Where(open ? _open : _closed);
        // Translated to the database's now(): the services' clocks may differ from it and from each other.
        if (asked.Overdue is { } overdue)
            rows = overdue
                ? rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) <= DateTimeOffset.UtcNow)
                : rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) == null || EF.Property<DateTimeOffset?>(row, _dueAt) > DateTimeOffset.UtcNow);
        if (asked.Since?.ToUniversalTime() is { } since)
            rows = rows.Where(row => EF.Property<DateTimeOffset>(row, _openedAt) >= since);
        if (after is { } place)
            rows = Behind(rows, place.DueAt, place.OpenedAt, place.Id);
        return rows.OrderBy(row => EF.Property<DateTimeOffset?>(row, _dueAt)).ThenByDescending(row => EF.Property<DateTimeOffset>(row, _openedAt))
            .ThenBy(row => EF.Property<Guid>(row, _id));
    }

    // PostgreSQL puts what has no due time last by itself.
    private IQueryable<TRow> Behind(IQueryable<TRow> rows, DateTimeOffset? due, DateTimeOffset opened, Guid id) => due is { } at
        ? rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) == null || EF.Property<DateTimeOffset?>(row, _dueAt) > at
            || EF.Property<DateTimeOffset?>(row, _dueAt) == at && (EF.Property<DateTimeOffset>(row, _openedAt) < opened
                || EF.Property<DateTimeOffset>(row, _openedAt) == opened && EF.Property<Guid>(row, _id) > id))
        : rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) == null && (EF.Property<DateTimeOffset>(row, _openedAt) < opened
            || EF.Property<DateTimeOffset>(row, _openedAt) == opened && EF.Property<Guid>(row, _id) > id));
}
