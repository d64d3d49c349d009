using System.Net;
using SafeHarbor.Notification.Delivery;

namespace SafeHarbor.Notification.Tests.Delivery;

public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.8.8.8", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("172.16.0.1", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.1", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("8.8.8.8", true)]
    [InlineData("::1", false)]
    [InlineData("::", false)]
    [InlineData("fe80::1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("ff02::1", false)]
    [InlineData("::ffff:127.0.0.1", false)]
    [InlineData("::ffff:8.8.8.8", true)]
    [InlineData("64:ff9b::7f00:1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("::ffff:0:127.0.0.1", false)]
    [InlineData("::127.0.0.1", false)]
    [InlineData("fec0::1", false)]
    [InlineData("64:ff9b::a9fe:a9fe", false)]
    [InlineData("2001:0:7f00:1::", false)]
    [InlineData("198.18.0.1", false)]
    [InlineData("2001:4860:4860::8888", true)]
    public void Only_the_public_internet_is_reached(string address, bool allowed) => PublicAddress.Is(IPAddress.Parse(address)).ShouldBe(allowed);
}
