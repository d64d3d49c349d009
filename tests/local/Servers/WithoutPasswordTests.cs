using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Servers;

public sealed class WithoutPasswordTests
{
    [Theory]
    [InlineData("Host=127.0.0.1;Port=5432;Username=safeharbor;Password=secret;Database=postgres", "Host=127.0.0.1;Port=5432;Username=safeharbor;Database=postgres")]
    [InlineData("Host=db;PWD='a;secret'", "Host=db")]
    public void A_database_is_named_without_its_password(string connection, string shown) => WithoutPassword.OfDatabase(connection).ShouldBe(shown);

    [Theory]
    [InlineData("amqp://safeharbor:secret@127.0.0.1:5672/safeharbor", "amqp://safeharbor@127.0.0.1:5672/safeharbor")]
    [InlineData("amqps://127.0.0.1:5671/a%2Fb", "amqps://127.0.0.1:5671/a%2Fb")]
    [InlineData("http://safeharbor:secret@127.0.0.1:15672", "http://safeharbor@127.0.0.1:15672")]
    public void An_address_is_shown_without_its_password(string address, string shown) => WithoutPassword.OfAddress(address).ShouldBe(shown);
}
