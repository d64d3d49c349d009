using System.Diagnostics;
using System.Net.Security;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using SafeHarbor.ServiceDefaults.Tls;
using SafeHarbor.TestServers;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>Connections on which no valid token was seen: how many there may be, whose goes, and for how long.</summary>
public sealed class UnknownConnectionTests
{
    private const string Long = "00:10:00", Short = "00:00:00.300";
    private const string Question = "GET /openapi/nothing HTTP/1.1\r\nHost: localhost\r\n\r\n";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_more_of_a_network_closes_its_own_that_has_done_nothing_for_longest()
    {
        await using var service = await StartAsync(("Limits:ConnectionsPerNetwork", "2"), ("Limits:UnknownIdle", Long));
        using var other = await RawConnection.OpenAsync(service, "127.0.0.2");
        using var first = await AskingAsync(service);
        using var second = await AskingAsync(service);
        await AskAsync(first);

        using var third = await AskingAsync(service);

        (await second.ReadToEndAsync()).ShouldBeEmpty();
        foreach (var kept in new[] { first, third, other })
            await AskAsync(kept);
    }

    [Fact]
    public async Task When_all_networks_have_too_many_the_most_crowded_one_loses_the_one_that_has_done_nothing_for_longest()
    {
        await using var service = await StartAsync(("Limits:UnknownConnections", "3"), ("Limits:UnknownIdle", Long));
        using var alone = await AskingAsync(service, "127.0.0.3");
        using var first = await AskingAsync(service, "127.0.0.2");
        using var second = await AskingAsync(service, "127.0.0.2");

        using var newcomer = await AskingAsync(service, "127.0.0.4");

        (await first.ReadToEndAsync()).ShouldBeEmpty();
        foreach (var kept in new[] { alone, second, newcomer })
            await AskAsync(kept);
    }

    [Fact]
    public async Task A_valid_token_takes_a_connection_out_of_the_count_and_out_of_the_hurry()
    {
        await using var service = await StartAsync(("Limits:ConnectionsPerNetwork", "1"), ("Limits:UnknownIdle", Short));
        using var known = await AskingAsync(service, token: service.Tokens.Issue());

        using (var silent = await RawConnection.OpenAsync(service))
            (await silent.ReadToEndAsync()).ShouldBeEmpty();

        await AskAsync(known);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Authorization: Bearer guessed\r\n")]
    public async Task Whoever_keeps_a_connection_that_never_had_a_valid_token_loses_it_after_a_few_seconds(string authorization)
    {
        await using var service = await StartAsync(("Limits:UnknownIdle", Short));
        using var connection = await RawConnection.OpenAsync(service);
        await connection.SendAsync(Question.Replace("\r\n\r\n", $"\r\n{authorization}\r\n", StringComparison.Ordinal));

        // Its end is the service's doing: the client waits for more.
        (await connection.ReadToEndAsync()).ShouldStartWith("HTTP/1.1 404");
    }

    [Fact]
    public async Task An_organization_has_its_share_of_known_connections_and_no_more()
    {
        await using var service = await StartAsync(("Limits:ConnectionsPerOrganization", "1"), ("Limits:UnknownIdle", Short));
        using var first = await AskingAsync(service, token: service.Tokens.Issue());
        using var second = await AskingAsync(service, token: service.Tokens.Issue());
        using var other = await AskingAsync(service, token: service.Tokens.Issue("county:06037"));

        (await second.ReadToEndAsync()).ShouldBeEmpty();
        await AskAsync(first);
        await AskAsync(other);
    }

    [Fact]
    public async Task Known_connections_leave_a_place_for_somebody_new()
    {
        await using var service = await StartAsync(("Limits:Connections", "2"), ("Limits:UnknownIdle", Long));
        using var known = await AskingAsync(service, token: service.Tokens.Issue());
        using var notKnown = await AskingAsync(service, token: service.Tokens.Issue());

        using var newcomer = await AskingAsync(service);

        (await notKnown.ReadToEndAsync()).ShouldBeEmpty();
        await AskAsync(known);
    }

    [Fact]
    public async Task A_handshake_that_is_followed_by_nothing_ends_too()
    {
        using var authority = new TestAuthority();
        var files = authority.Authority.Server("service");
        await using var service = await StartAsync(
            ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"), ("Kestrel:Endpoints:Https:Certificate:Path", files.Certificate),
            ("Kestrel:Endpoints:Https:Certificate:KeyPath", files.Key), ("Limits:UnknownIdle", Short), ("Limits:HeadTimeout", Short));
        using var client = new TcpClient();
        await client.ConnectAsync(service.Address.Host, service.Address.Port, Cancellation);
        var believed = TrustedAuthority.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["file"] = authority.File }).Build(), "file")!;
        await using var tls = new SslStream(client.GetStream(), false, believed.Vouches);
        await tls.AuthenticateAsClientAsync(service.Address.Host);

        (await EndAsync(tls).WaitAsync(TimeSpan.FromSeconds(20), Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_silent_connection_does_not_hold_up_the_end_of_the_service()
    {
        var service = await StartAsync(("Limits:UnknownIdle", Long));
        using var silent = await RawConnection.OpenAsync(service);
        using var answered = await service.Get("/health/live", "");
        var began = Stopwatch.GetTimestamp();

        await service.DisposeAsync();

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    private static Task<TestService> StartAsync(params (string, string?)[] settings) => TestService.Start(settings: settings);

    private static async Task<RawConnection> AskingAsync(TestService service, string from = "127.0.0.1", string? token = null)
    {
        var connection = await RawConnection.OpenAsync(service, from);
        await AskAsync(connection, token);
        return connection;
    }

    private static async Task AskAsync(RawConnection connection, string? token = null)
    {
        await connection.SendAsync(token is null ? Question : Question.Replace("\r\n\r\n", $"\r\nAuthorization: Bearer {token}\r\n\r\n", StringComparison.Ordinal));
        (await connection.ReadAnswerAsync()).ShouldStartWith("HTTP/1.1 404");
    }

    private static async Task<int> EndAsync(SslStream tls)
    {
        try
        {
            return await tls.ReadAsync(new byte[1], Cancellation);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
