using Npgsql;
using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>Who keeps which organization's sagas, as this process's database said when it was asked for some of them.</summary>
internal sealed class KnownKeepers(IReadOnlyDictionary<string, string> keepers, bool isNode)
{
    /// <summary>To be read with the sagas themselves.</summary>
    public static NpgsqlBatchCommand Select => new("select organization, keeper from keepers");

    /// <summary>What that gave; the next result is open then.</summary>
    public static async Task<KnownKeepers> ReadAsync(NpgsqlDataReader reader, bool isNode, CancellationToken cancellation)
    {
        var keepers = new Dictionary<string, string>();
        while (await reader.ReadAsync(cancellation))
            keepers.Add(reader.GetString(0), reader.GetString(1));
        await reader.NextResultAsync(cancellation);
        return new(keepers, isNode);
    }

    /// <summary>The key of who keeps what is addressed with this one; null when it is this process.</summary>
    public string? ElsewhereOf(string key) => keepers.GetValueOrDefault(key) is { } keeper && keeper == Node.Statewide == isNode ? keeper : null;

    /// <summary>
    /// Whether what is addressed with this key is for a saga that is here, or on its way here: at a node everything is; at the statewide system what is, or has been, a node's.
    /// </summary>
    public bool IsOnItsWay(string key) => isNode || keepers.ContainsKey(key) || key.StartsWith(Node.KeyPrefix, StringComparison.Ordinal);
}
