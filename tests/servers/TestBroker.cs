using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.TestServers;

/// <summary>A fresh, empty virtual host that a test has for itself. Deleted on dispose, with every queue in it.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly List<string> _users = [];

    private TestBroker(string management, string virtualHost, string address) =>
        (Management, VirtualHostName, Address) = (management, virtualHost, address);

    /// <summary><c>amqp://user:password@host:port/vhost</c> of its administrator: for migrating, and for looking into queues.</summary>
    public string Address { get; }

    /// <summary>The management API's address, with credentials.</summary>
    public string Management { get; }

    public string VirtualHostName { get; }

    public static async Task<TestBroker> CreateAsync(CancellationToken cancellationToken)
    {
        var servers = await Servers.GetAsync(cancellationToken);
        var name = $"test-{Guid.NewGuid():N}";
        var address = await VirtualHost.CreateAsync(servers.RabbitMq, servers.RabbitMqManagement, name, cancellationToken);
        return new TestBroker(servers.RabbitMqManagement, name, address);
    }

    /// <summary>The same address for a user with the rights of that service, as the service gets it.</summary>
    public async Task<string> AddressOfAsync(string service, CancellationToken cancellationToken)
    {
        _users.Add($"{VirtualHostName}-{service}");
        return await BrokerUser.CreateAsync(Address, Management, _users[^1], BrokerRights.Of(service), cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        await VirtualHost.DeleteAsync(Management, VirtualHostName, CancellationToken.None);
        foreach (var user in _users)
            await BrokerUser.DeleteAsync(Management, user, CancellationToken.None);
    }
}
