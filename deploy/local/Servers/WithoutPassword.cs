using Npgsql;

namespace SafeHarbor.Local.Servers;

/// <summary>Where a server is, for people: what a terminal shows is read over shoulders and pasted into tickets.</summary>
internal static class WithoutPassword
{
    public static string OfDatabase(string connection)
    {
        var shown = new NpgsqlConnectionStringBuilder(connection);
        shown.Remove(nameof(shown.Password));
        shown.Remove("SSL Password");
        return shown.ConnectionString;
    }

    public static string OfAddress(string address)
    {
        var whole = new Uri(address);
        var user = whole.UserInfo.Split(':')[0];
        return $"{whole.Scheme}://{(user.Length > 0 ? user + "@" : "")}{whole.Authority}{whole.PathAndQuery.TrimEnd('/')}";
    }
}
