using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Endpoints;

namespace SafeHarbor.Messaging.Requests;

/// <summary>
/// A worker's list over a table: what is due soonest first, then what has no due time, the newest first. The order is total: the id decides between the same
/// instants, so that pages neither repeat nor leave out a row that stays as it is. An index has the same columns in the same order, and where a filter leaves few of many
/// rows another one has them behind the filter's.
/// </summary>
/// <typeparam name="TRow">The table's rows.</typeparam>
public sealed class WorkList<TRow> where TRow : class
{
    private readonly Expression<Func<TRow, bool>>? _open;
    private readonly string _dueAt;
    private readonly string _openedAt;
    private readonly string _id;

    /// <summary>Says what the list goes by.</summary>
    /// <param name="dueAt">Name of the property that says when it is due, null when nothing is: what has a due time is open.</param>
    /// <param name="openedAt">Name of the property that says when it was opened.</param>
    /// <param name="id">Name of the key.</param>
    /// <param name="open">What of the others is open too: somebody still has to do something about it. Null when nothing is.</param>
    public WorkList(string dueAt, string openedAt, string id, Expression<Func<TRow, bool>>? open = null) => (_dueAt, _openedAt, _id, _open) = (dueAt, openedAt, id, open);

    /// <summary>Reads so many of the rows that are asked for, in their order, from behind <paramref name="after"/> on, and no more.</summary>
    public Task<List<TRow>> ReadAsync(IQueryable<TRow> rows, WorkQuery asked, WorkPosition? after, int count, CancellationToken cancellation) =>
        ReadAsync(rows, asked, after, count, row => row, cancellation);

    /// <summary>The same, as something else.</summary>
    public Task<List<TView>> ReadAsync<TView>(IQueryable<TRow> rows, WorkQuery asked, WorkPosition? after, int count, Expression<Func<TRow, TView>> view, CancellationToken cancellation)
    {
        if (asked.Since?.ToUniversalTime() is { } since)
            rows = rows.Where(row => EF.Property<DateTimeOffset>(row, _openedAt) >= since);
        rows = rows.TagWith(Reader.ByIndexTag);
        // Each part begins at a place of the index. In one piece, "has no due time or a later one" would read everything before that place.
        var (due, rest) = (Due(rows, asked, after), Rest(rows, asked, after));
        var both = due is null ? rest : rest is null ? due : Ordered(due).Take(count).Concat(Ordered(rest).Take(count));
        return both is null ? Task.FromResult(new List<TView>()) : Ordered(both).Take(count).Select(view).ToListAsync(cancellation);
    }

    /// <summary>What has a due time.</summary>
    private IQueryable<TRow>? Due(IQueryable<TRow> rows, WorkQuery asked, WorkPosition? after)
    {
        if (asked.Open == false || after is { DueAt: null })
            return null;
        // Translated to the database's now(): the services' clocks may differ from it and from each other.
        rows = asked.Overdue switch
        {
            true => rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) <= DateTimeOffset.UtcNow),
            false => rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) > DateTimeOffset.UtcNow),
            null => rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) != null),
        };
        return after is { DueAt: { } due, OpenedAt: var opened, Id: var id }
            ? rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) >= due && (EF.Property<DateTimeOffset?>(row, _dueAt) > due || EF.Property<DateTimeOffset>(row, _openedAt) < opened
                || EF.Property<DateTimeOffset>(row, _openedAt) == opened && EF.Property<Guid>(row, _id) > id))
            : rows;
    }

    /// <summary>What has none.</summary>
    private IQueryable<TRow>? Rest(IQueryable<TRow> rows, WorkQuery asked, WorkPosition? after)
    {
        if (asked.Overdue == true || asked.Open == true && _open is null)
            return null;
        if (asked.Open is { } open && _open is not null)
            rows = rows.Where(open ? _open : Expression.Lambda<Func<TRow, bool>>(Expression.Not(_open.Body), _open.Parameters));
        rows = rows.Where(row => EF.Property<DateTimeOffset?>(row, _dueAt) == null);
        return after is { DueAt: null, OpenedAt: var opened, Id: var id }
            ? rows.Where(row => EF.Property<DateTimeOffset>(row, _openedAt) <= opened && (EF.Property<DateTimeOffset>(row, _openedAt) < opened || EF.Property<Guid>(row, _id) > id))
            : rows;
    }

    private IQueryable<TRow> Ordered(IQueryable<TRow> rows) => rows.OrderBy(row => EF.Property<DateTimeOffset?>(row, _dueAt)).ThenByDescending(row => EF.Property<DateTimeOffset>(row, _openedAt))
        .ThenBy(row => EF.Property<Guid>(row, _id));
}
