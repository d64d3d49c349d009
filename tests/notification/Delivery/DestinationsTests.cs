using System.Net;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Tests.Endpoints;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>An operator's own networks, allowed by name.</summary>
public sealed class DestinationsTests
{
    [Theory]
    [InlineData("10.20.0.1", true)]
    [InlineData("10.20.255.255", true)]
    [InlineData("::ffff:10.20.0.1", true)]
    [InlineData("fd12:3456::1", true)]
    [InlineData("8.8.8.8", true)]
    [InlineData("10.21.0.1", false)]
    [InlineData("192.168.1.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("::1", false)]
    public void Only_the_networks_that_are_named_are_reached_besides_the_public_internet(string address, bool allowed) =>
        Of(Environments.Production, "10.20.0.0/16", "fd12:3456::/32").Allow(IPAddress.Parse(address)).ShouldBe(allowed);

    [Theory]
    [InlineData("127.0.0.0/8")]
    [InlineData("169.254.0.0/16")]
    [InlineData("0.0.0.0/0")]
    [InlineData("10.0.0.0/7")]
    [InlineData("::/0")]
    [InlineData("fe80::/10")]
    [InlineData("10.20.0.0")]
    [InlineData("everything")]
    public void What_is_no_private_network_cannot_be_allowed(string network) =>
        Should.Throw<StartRefusedException>(() => Of(Environments.Production, network)).Message.ShouldContain(network);

    [Fact]
    public void In_development_this_machine_is_reached_too() => Of(Environments.Development).Allow(IPAddress.Loopback).ShouldBeTrue();

    private static Destinations Of(string environment, params string[] networks)
    {
        var place = new EndpointUrlTests.Place(environment);
        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(networks.Select((n, i) => KeyValuePair.Create($"Webhooks:AllowedNetworks:{i}", (string?)n))).Build();
        return new(place, settings, new PlainConnections(settings, place));
    }
}
