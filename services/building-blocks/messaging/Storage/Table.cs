using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;
using SafeHarbor.Messaging.Keeping;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// The statements of one table, made from its EF Core mapping: each takes any number of rows as one array per column (<c>unnest</c>),
/// so that the work of many messages can be one statement.
/// </summary>
internal sealed class Table
{
    private static readonly ConcurrentDictionary<(IModel, Type), Table> Known = new();

    private readonly Column[] _all;
    private readonly Column[] _written;
    private readonly Column[] _key;
    private readonly string _name;
    private readonly Type _type;

    private Table(IEntityType entity)
    {
        _name = $"\"{entity.GetTableName()}\"";
        _type = entity.ClrType;
        _all = entity.GetProperties().Select(p => new Column(p)).ToArray();
        _written = _all.Where(c => !c.GivenByDatabase).ToArray();
        _key = entity.FindPrimaryKey()!.Properties.Select(p => _all.Single(c => c.Property == p)).ToArray();
        var columns = string.Join(", ", _written.Select(c => c.Name));
        var values = $"select * from unnest({string.Join(", ", _written.Select((c, i) => $"${i + 1}::{c.StoreType}[]"))})";
        var keys = string.Join(", ", _key.Select(c => c.Name));
        var rest = _written.Except(_key).ToArray();
        var keyValues = $"unnest({string.Join(", ", _key.Select((c, i) => $"${i + 1}::{c.StoreType}[]"))}) v({keys})";
        var sameKey = string.Join(" and ", _key.Select(c => $"t.{c.Name} = v.{c.Name}"));
        Insert = $"insert into {_name} ({columns}) {values}";
        InsertOnce = $"{Insert} on conflict ({keys}) do nothing";
        Put = $"{Insert} on conflict ({keys}) do update set {string.Join(", ", rest.Select(c => $"{c.Name} = excluded.{c.Name}"))}";
        Update = $"update {_name} t set {string.Join(", ", rest.Select(c => $"{c.Name} = v.{c.Name}"))} "
            + $"from ({values}) v({columns}) where {sameKey}";
        Delete = $"delete from {_name} t using {keyValues} where {sameKey}";
        Select = $"select {string.Join(", ", _all.Select(c => c.Name))} from {_name} where {_key[0].Name} = any($1)";
        SelectForUpdate = $"{Select} order by {_key[0].Name} for update";
        if (!entity.ClrType.IsAssignableTo(typeof(IKept)))
            return;
        var (keeper, whose) = (Named(nameof(IKept.Keeper)), Named(nameof(IKept.Organization)));
        Kept = $"select {keys} from {_name} where {keys} = any($1) and {keeper} is null order by {keys} for update";
        CountKept = $"select count(*)::int from {_name} where {whose} = any($1) and {keeper} is null";
        // In the order of the keys, as every transaction that locks more than one.
        LetGo = $"update {_name} t set {keeper} = $2 from (select {keys} from {_name} where {whose} = $1 and {keeper} is null order by {keys} limit $3 for update) v({keys}) "
            + $"where {sameKey} returning {string.Join(", ", _all.Select(c => $"t.{c.Name}"))}";

        string Named(string property) => _all.Single(c => c.Property.Name == property).Name;
    }

    private string Insert { get; }
    private string InsertOnce { get; }
    private string Put { get; }
    private string Update { get; }
    private string Delete { get; }

    /// <summary>Reads rows by their single-column keys, the array <c>$1</c>.</summary>
    public string Select { get; }

    /// <summary>Reads and locks rows by their single-column keys, the array <c>$1</c>; in the order of the keys, so that two transactions never wait for each other.</summary>
    public string SelectForUpdate { get; }

    /// <summary>Marks up to <c>$3</c> rows of the organization <c>$1</c> as the keeper's <c>$2</c> and reads them; of an <see cref="IKept"/>.</summary>
    public string LetGo { get; } = "";

    /// <summary>Selects and locks those of the keys, the array <c>$1</c>, whose rows are kept here; of an <see cref="IKept"/>.</summary>
    public string Kept { get; } = "";

    /// <summary>Counts the rows of the organizations, the array <c>$1</c>, that are kept here; of an <see cref="IKept"/>. A condition may follow.</summary>
    public string CountKept { get; } = "";

    public static Table Of(IModel model, Type row) => Known.GetOrAdd((model, row), static key =>
        new Table(key.Item1.FindEntityType(key.Item2)
            ?? throw new InvalidOperationException($"{key.Item2} is not mapped: add it to the service's DbContext.")));

    /// <summary>One statement that makes the same change to all of <paramref name="rows"/>.</summary>
    public NpgsqlBatchCommand Statement(RowChange change, IReadOnlyList<object> rows)
    {
        var (sql, columns) = change switch
        {
            RowChange.Insert => (Insert, _written),
            RowChange.InsertOnce => (InsertOnce, _written),
            RowChange.Put => (Put, _written),
            RowChange.Update => (Update, _written),
            _ => (Delete, _key),
        };
        var command = new NpgsqlBatchCommand(sql);
        foreach (var column in columns)
            command.Parameters.Add(column.Parameter(rows));
        return command;
    }

    /// <summary>Every id and token that a row holds.</summary>
    public IEnumerable<Guid> Guids(object row) => _all.Select(c => c.Property.PropertyInfo!.GetValue(row)).OfType<Guid>();

    /// <summary>A row as JSON, by its properties' names.</summary>
    public JsonObject ToJson(object row) => new(_all.Select(c => KeyValuePair.Create(WireName(c), JsonSerializer.SerializeToNode(c.Property.PropertyInfo!.GetValue(row), c.Property.ClrType, WireFormat.Json)))
        .Where(member => member.Value is not null));

    /// <summary>The row again: a member that no property has is left out, a property that has no member is as in a new row.</summary>
    public object FromJson(JsonObject json)
    {
        var row = Activator.CreateInstance(_type, nonPublic: true)!;
        foreach (var column in _all)
            if (json[WireName(column)] is { } value)
                column.Property.PropertyInfo!.SetValue(row, value.Deserialize(column.Property.ClrType, WireFormat.Json));
        return row;
    }

    private static string WireName(Column column) => JsonNamingPolicy.CamelCase.ConvertName(column.Property.Name);

    /// <summary>What would be written of a row, to be held against what would be written later.</summary>
    public object?[] Values(object row) => Array.ConvertAll(_written, c => c.Value(row));

    /// <summary>The row under the reader's cursor, as <see cref="Select"/> selected it, and its key.</summary>
    public (Guid Id, object Row) Read(NpgsqlDataReader reader)
    {
        var row = Activator.CreateInstance(_type, nonPublic: true)!;
        for (var i = 0; i < _all.Length; i++)
            _all[i].Read(reader, i, row);
        return ((Guid)_key[0].Property.PropertyInfo!.GetValue(row)!, row);
    }
}
