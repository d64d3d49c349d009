using Npgsql;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Messaging.Storage;

/// <summary>
/// For whom statements run: row-level security lets them see that organization's rows. Its default is nobody, who sees none. It is told to the
/// database by the setting <c>safeharbor.caller</c>, which ends with the transaction: a pooled connection keeps nobody's name.
/// </summary>
public readonly record struct Reader
{
    /// <summary>What every session of the service's own work starts with: it sees all rows.</summary>
    internal const string SessionOfService = "-c safeharbor.caller=service";

    /// <summary>Makes a transaction <c>$1</c>'s.</summary>
    internal const string Announcement = "select set_config('safeharbor.caller', $1, true)";

    /// <summary>
    /// Marks a statement of EF Core that reads a page of an ordered list: as many rows as the page has, in the order of an index. By its statistics PostgreSQL would rather
    /// read all rows that match and sort them: it takes a policy for a filter that few rows pass.
    /// </summary>
    internal const string ByIndexTag = "by index";

    /// <summary>What comes with the announcement of such a statement.</summary>
    internal const string ByIndex = ", set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'off', true)";

    private readonly string? _name;

    private Reader(string name) => _name = name;

    /// <summary>The service itself, for work that is no request's: it sees all rows.</summary>
    public static Reader Service { get; } = new("service");

    /// <summary>The organization of whoever calls.</summary>
    public static Reader Of(Caller caller) => new(caller.Organization.Text);

    /// <summary>As the policies compare it: <c>county:06037</c>; empty for nobody.</summary>
    public string Name => _name ?? "";

    internal static Reader OfKey(string caller) => new(caller.Split(' ')[0]);

    internal NpgsqlBatchCommand Announce() => new(Announcement) { Parameters = { new() { Value = Name } } };
}
