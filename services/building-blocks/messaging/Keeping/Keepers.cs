using Npgsql;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Storage;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>Who keeps which organization's sagas, as this process knows it.</summary>
public sealed class Keepers
{
    private readonly UnitStore _store;
    private readonly Node? _node;

    internal Keepers(UnitStore store, Node? node) => (_store, _node) = (store, node);

    /// <summary>The key under which this process keeps an organization's.</summary>
    internal string OwnKey(Organization organization) => _node is null ? Node.Statewide : Node.KeeperOf(organization);

    /// <summary>What to tell whoever looks here for what has been let go of: where it is now.</summary>
    /// <param name="what">The thing's name, such as <c>handoff</c>.</param>
    /// <param name="kept">The saga.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<string> WhereaboutsAsync(string what, IKept kept, CancellationToken cancellation)
    {
        if (kept.Keeper == Node.Statewide)
            return $"This {what} was given back to the statewide system. Ask there, with the same id.";
        var link = (await AllAsync(cancellation)).FirstOrDefault(row => row.Organization == kept.Organization)?.Link;
        return $"This {what} is kept by your organization's own node now. Ask {(link is null ? "there" : $"at {link}")}, with the same id.";
    }

    internal async Task<IReadOnlyList<KeeperRow>> AllAsync(CancellationToken cancellation)
    {
        await using var command = _store.Database.CreateCommand("select organization, keeper, link, is_complete from keepers");
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<KeeperRow>();
        while (await reader.ReadAsync(cancellation))
            rows.Add(Read(reader));
        return rows;
    }

    /// <summary>An organization's row, locked; null when it has none.</summary>
    internal static async Task<KeeperRow?> FindAsync(NpgsqlConnection connection, Organization organization, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select organization, keeper, link, is_complete from keepers where organization = $1 for update", connection)
        {
            Parameters = { new() { Value = organization.Text } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        return await reader.ReadAsync(cancellation) ? Read(reader) : null;
    }

    private static KeeperRow Read(NpgsqlDataReader reader) => new()
    {
        Organization = Organization.Parse(reader.GetString(0)),
        Keeper = reader.GetString(1),
        Link = reader.IsDBNull(2) ? null : reader.GetString(2),
        IsComplete = reader.GetBoolean(3),
    };
}
