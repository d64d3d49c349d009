using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using SafeHarbor.Contracts;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.Local.Servers;

/// <summary>RabbitMQ's virtual hosts, by its management API.</summary>
public static class VirtualHost
{
    /// <summary>Makes the virtual host where it is not there yet, open to the user of the management address.</summary>
    /// <param name="broker">The broker's address, without a virtual host.</param>
    /// <param name="management">The management address with credentials.</param>
    /// <param name="name">The virtual host.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The broker's address with the virtual host.</returns>
    public static async Task<string> CreateAsync(string broker, string management, string name, CancellationToken cancellationToken)
    {
        using var client = Client(management);
        using var made = await client.PutAsJsonAsync(Path(name), new { }, cancellationToken);
        made.EnsureSuccessStatusCode();
        var user = Uri.UnescapeDataString(new Uri(broker).UserInfo.Split(':')[0]);
        await PermitAsync(client, name, user, new BrokerRights(".*", ".*", ".*"), cancellationToken);
        return $"{broker.TrimEnd('/')}/{Uri.EscapeDataString(name)}";
    }

    /// <summary>Whether there is such a virtual host.</summary>
    public static async Task<bool> ExistsAsync(string management, string name, CancellationToken cancellationToken)
    {
        using var client = Client(management);
        using var found = await client.GetAsync(Path(name), cancellationToken);
        return found.IsSuccessStatusCode;
    }

    /// <summary>Deletes the virtual host with all that is in it.</summary>
    public static async Task DeleteAsync(string management, string name, CancellationToken cancellationToken)
    {
        using var client = Client(management);
        using var deleted = await client.DeleteAsync(Path(name), cancellationToken);
        if (deleted.StatusCode != System.Net.HttpStatusCode.NotFound)
            deleted.EnsureSuccessStatusCode();
    }

    internal static async Task<bool> AnswersAsync(string management, CancellationToken cancellationToken)
    {
        try
        {
            using var client = Client(management);
            using var overview = await client.GetAsync("/api/overview", cancellationToken);
            return overview.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    internal static async Task PermitAsync(HttpClient client, string virtualHost, string user, BrokerRights rights, CancellationToken cancellationToken)
    {
        using var permitted = await client.PutAsJsonAsync(
            $"/api/permissions/{Uri.EscapeDataString(virtualHost)}/{Uri.EscapeDataString(user)}",
            new { configure = rights.Configure, write = rights.Write, read = rights.Read },
            cancellationToken);
        permitted.EnsureSuccessStatusCode();
    }

    internal static HttpClient Client(string management)
    {
        var address = new Uri(management);
        var credentials = Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(address.UserInfo)));
        var client = LocalHttp.Client(TimeSpan.FromSeconds(100));
        client.BaseAddress = new Uri(address.GetLeftPart(UriPartial.Scheme) + address.Authority);
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        return client;
    }

    private static string Path(string name) => $"/api/vhosts/{Uri.EscapeDataString(name)}";
}
