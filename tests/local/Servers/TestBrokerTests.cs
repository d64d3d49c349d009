using System.Net;
using System.Net.Http.Headers;
using System.Text;
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
