using System.Net;
using System.Net.Http.Headers;
using System.Text;
using RabbitMQ.Client;
using SafeHarbor.TestServers;

namespace SafeHarbor.Local.Tests.Servers;

public sealed class TestBrokerTests
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_test_has_a_virtual_host_of_its_own()
    {
        await using var one = await TestBroker.CreateAsync(Cancelled);
        await using var other = await TestBroker.CreateAsync(Cancelled);

        one.Address.ShouldNotBe(other.Address);
        new Uri(one.Address).AbsolutePath.ShouldBe("/" + one.VirtualHostName);
        (await StatusOfAsync(one)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_virtual_host_is_gone_after_its_test()
    {
        var broker = await TestBroker.CreateAsync(Cancelled);
        await broker.DisposeAsync();

        (await StatusOfAsync(broker)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task One_in_which_everything_is_declared_is_handed_on_without_what_a_consumer_had_not_acknowledged()
    {
        var broker = await TestBroker.DeclaredAsync(Cancelled);
        await using (var connection = await ConnectAsync(broker))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled))
        {
            await channel.BasicPublishAsync("", Queue, "one"u8.ToArray(), Cancelled);
            await channel.BasicPublishAsync("", Queue, "other"u8.ToArray(), Cancelled);
            while (await channel.BasicGetAsync(Queue, autoAck: false, Cancelled) is null)
                await Task.Yield();
        }
        await broker.DisposeAsync();

        await using var next = await TestBroker.DeclaredAsync(Cancelled);

        next.VirtualHostName.ShouldBe(broker.VirtualHostName);
        await using var later = await ConnectAsync(next);
        await using var look = await later.CreateChannelAsync(cancellationToken: Cancelled);
        (await look.QueueDeclarePassiveAsync(Queue, Cancelled)).MessageCount.ShouldBe(0u);
    }

    [Fact]
    public async Task One_in_which_something_else_was_declared_is_gone()
    {
        var broker = await TestBroker.DeclaredAsync(Cancelled);
        await using (var connection = await ConnectAsync(broker))
        await using (var channel = await connection.CreateChannelAsync(cancellationToken: Cancelled))
            await channel.QueueDeclareAsync("something-else", durable: true, exclusive: false, autoDelete: false, cancellationToken: Cancelled);

        await broker.DisposeAsync();

        (await StatusOfAsync(broker)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task One_to_which_somebody_stays_connected_is_gone()
    {
        var broker = await TestBroker.DeclaredAsync(Cancelled);
        await using var connection = await ConnectAsync(broker);

        await broker.DisposeAsync();

        (await StatusOfAsync(broker)).ShouldBe(HttpStatusCode.NotFound);
    }

    private const string Queue = "intake-timeline";

    private static Task<IConnection> ConnectAsync(TestBroker broker) => new ConnectionFactory { Uri = new Uri(broker.Address) }.CreateConnectionAsync(Cancelled);

    private static async Task<HttpStatusCode> StatusOfAsync(TestBroker broker)
    {
        var management = new Uri(broker.Management);
        using var client = new HttpClient();
        client.DefaultRequestHeaders.Authorization =
            new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        var address = new Uri($"http://{management.Authority}/api/vhosts/{broker.VirtualHostName}");
        using var answer = await client.GetAsync(address, Cancelled);
        return answer.StatusCode;
    }
}
