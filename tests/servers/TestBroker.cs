using SafeHarbor.Contracts;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.TestServers;

/// <summary>A virtual host that a test has for itself, with nothing in its queues.</summary>
public sealed class TestBroker : IAsyncDisposable
{
    private readonly List<string> _users = [];
    private readonly bool _declared;

    private TestBroker(string management, string virtualHost, string address, bool declared) =>
        (Management, VirtualHostName, Address, _declared) = (management, virtualHost, address, declared);

    /// <summary><c>amqp://user:password@host:port/vhost</c> of its administrator: for migrating, and for looking into queues.</summary>
    public string Address { get; }

    /// <summary>The management API's address, with credentials.</summary>
    public string Management { get; }

    public string VirtualHostName { get; }

    /// <summary>A new one, in which nothing is declared. Deleted on dispose.</summary>
    public static async Task<TestBroker> CreateAsync(CancellationToken cancellationToken)
    {
        var servers = await Servers.GetAsync(cancellationToken);
        var name = $"test-{Guid.NewGuid():N}";
        var address = await VirtualHost.CreateAsync(servers.RabbitMq, servers.RabbitMqManagement, name, cancellationToken);
        return new TestBroker(servers.RabbitMqManagement, name, address, declared: false);
    }

    /// <summary>
    /// One in which everybody's exchanges and queues are, as <c>migrate</c> leaves it. Handed on to the next test on dispose, when it is as it was:
    /// to declare a dozen replicated queues takes longer than most tests.
    /// </summary>
    public static async Task<TestBroker> DeclaredAsync(CancellationToken cancellationToken)
    {
        var servers = await Servers.GetAsync(cancellationToken);
        var name = await DeclaredHosts.TakeAsync(servers, cancellationToken);
        return new TestBroker(servers.RabbitMqManagement, name, DeclaredHosts.AddressOf(servers, name), declared: true);
    }

    /// <summary>The same address for a user with the rights of that service, as the service gets it.</summary>
    public async Task<string> AddressOfAsync(string service, CancellationToken cancellationToken)
    {
        _users.Add($"{VirtualHostName}-{service}");
        return await BrokerUser.CreateAsync(Address, Management, _users[^1], BrokerRights.Of(service), cancellationToken);
    }

    /// <summary>The same address for a user with the rights of that node.</summary>
    public async Task<string> AddressOfAsync(Node node, CancellationToken cancellationToken)
    {
        _users.Add($"{VirtualHostName}-{node.Service}");
        return await BrokerUser.CreateAsync(Address, Management, _users[^1], node, cancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var user in _users)
            await BrokerUser.DeleteAsync(Management, user, CancellationToken.None);
        if (_declared)
            await DeclaredHosts.ReturnAsync(await Servers.GetAsync(CancellationToken.None), VirtualHostName);
        else
            await VirtualHost.DeleteAsync(Management, VirtualHostName, CancellationToken.None);
    }
}
