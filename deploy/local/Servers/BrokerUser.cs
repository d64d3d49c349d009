using System.Net.Http.Json;
using SafeHarbor.Contracts;

namespace SafeHarbor.Local.Servers;

/// <summary>RabbitMQ users that may do in one virtual host what a service needs, and nothing elsewhere.</summary>
public static class BrokerUser
{
    /// <summary>Makes the user, or gives the one that is there a fresh password.</summary>
    /// <param name="broker">The broker's address with the virtual host.</param>
    /// <param name="management">The management address with credentials.</param>
    /// <param name="name">The user.</param>
    /// <param name="rights">What it may do.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The same address for the user.</returns>
    public static async Task<string> CreateAsync(string broker, string management, string name, BrokerRights rights, CancellationToken cancellationToken)
    {
        var password = Guid.NewGuid().ToString("N");
        var address = new UriBuilder(broker) { UserName = name, Password = password };
        using var client = VirtualHost.Client(management);
        using var made = await client.PutAsJsonAsync(Path(name), new { password, tags = "" }, cancellationToken);
        made.EnsureSuccessStatusCode();
        await VirtualHost.PermitAsync(client, Uri.UnescapeDataString(address.Path.TrimStart('/')), name, rights, cancellationToken);
        return address.Uri.AbsoluteUri;
    }

    /// <summary>The same for a node's user, which binds its own keys only.</summary>
    public static async Task<string> CreateAsync(string broker, string management, string name, Node node, CancellationToken cancellationToken)
    {
        var address = await CreateAsync(broker, management, name, BrokerRights.Of(node), cancellationToken);
        using var client = VirtualHost.Client(management);
        foreach (var keys in KeyRights.Of(node))
        {
            using var permitted = await client.PutAsJsonAsync(
                $"/api/topic-permissions/{Uri.EscapeDataString(Uri.UnescapeDataString(new Uri(broker).AbsolutePath.TrimStart('/')))}/{Uri.EscapeDataString(name)}",
                new { exchange = keys.Exchange, write = keys.Write, read = keys.Read },
                cancellationToken);
            permitted.EnsureSuccessStatusCode();
        }
        return address;
    }

    /// <summary>Deletes the user, if it is there.</summary>
    public static async Task DeleteAsync(string management, string name, CancellationToken cancellationToken)
    {
        using var client = VirtualHost.Client(management);
        using var deleted = await client.DeleteAsync(Path(name), cancellationToken);
    }

    private static string Path(string name) => $"/api/users/{Uri.EscapeDataString(name)}";
}
