using System.Text;
using SafeHarbor.Local;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Journeys.Tests;

/// <summary>A second RabbitMQ, a county's own, with the plugin that links it to the state's; ends with the test.</summary>
internal sealed class CountyBroker : IAsyncDisposable
{
    private const string VirtualHostName = "safeharbor";
    private readonly ServerHome _home;
    private readonly FoundServer _server;

    private CountyBroker(ServerHome home, FoundServer server) => (_home, _server) = (home, server);

    /// <summary>For its administrator.</summary>
    public string Address => $"{_server.Connection}/{VirtualHostName}";

    public static async Task<CountyBroker> StartAsync(CancellationToken cancellation)
    {
        var program = PrivateRabbitMq.FindProgram();
        if (program is null)
            Assert.Skip("There is no rabbitmq-server on this machine to start a second broker of.");
        var home = ServerHome.ForTests(Checkout.Find()) with { Plugins = ["rabbitmq_management", "rabbitmq_shovel"] };
        var broker = new CountyBroker(home, await PrivateRabbitMq.StartAsync(program, home, cancellation));
        await VirtualHost.CreateAsync(broker._server.Connection, broker._server.Management!, VirtualHostName, cancellation);
        return broker;
    }

    /// <summary>The address of one of its users.</summary>
    public string AddressOf(string user, string password) => new UriBuilder(Address) { UserName = user, Password = password }.Uri.AbsoluteUri;

    /// <summary>Imports one of the files of deploy/rabbitmq into a broker, with what is to be put in its places.</summary>
    public static async Task ImportAsync(string management, string file, IEnumerable<(string Place, string Value)> places, CancellationToken cancellation)
    {
        var definitions = await File.ReadAllTextAsync(Path.Combine(Checkout.Find().Root, "deploy", "rabbitmq", file), cancellation);
        foreach (var (place, value) in places)
            definitions = definitions.Replace(place, value, StringComparison.Ordinal);
        using var client = VirtualHost.Client(management);
        using var body = new StringContent(definitions, Encoding.UTF8, "application/json");
        using var imported = await client.PostAsync("/api/definitions", body, cancellation);
        imported.IsSuccessStatusCode.ShouldBeTrue($"{file}: {await imported.Content.ReadAsStringAsync(cancellation)}");
    }

    public Task ImportAsync(string file, IEnumerable<(string Place, string Value)> places, CancellationToken cancellation) => ImportAsync(_server.Management!, file, places, cancellation);

    public async ValueTask DisposeAsync()
    {
        await _server.StopAsync(wipe: true);
        _home.Lifeline?.Dispose();
    }
}
