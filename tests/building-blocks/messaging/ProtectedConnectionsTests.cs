using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.Tls;

namespace SafeHarbor.Messaging.Tests;

public sealed class ProtectedConnectionsTests
{
    [Theory]
    [InlineData("Host=db.example.org", false)]
    [InlineData("Host=db.example.org;SSL Mode=Require", false)]
    [InlineData("Host=db.example.org;SSL Mode=VerifyCA", false)]
    [InlineData("Host=db.example.org;SSL Mode=VerifyFull", true)]
    [InlineData("Host=10.0.0.7;SSL Mode=Disable", false)]
    [InlineData("Host=127.0.0.1,db.example.org:5433", false)]
    [InlineData("Host=127.0.0.1:5432,localhost:5433", true)]
    [InlineData("Host=::1", true)]
    [InlineData("Host=/var/run/postgresql", true)]
    public void Outside_development_a_database_elsewhere_must_show_who_it_is(string connection, bool taken)
    {
        IsTaken(Environments.Production, required: false, plain => ProtectedConnections.CheckDatabase(plain, "ConnectionStrings:Database", new(connection)), "VerifyFull").ShouldBe(taken);
        IsTaken(Environments.Staging, required: false, plain => ProtectedConnections.CheckDatabase(plain, "ConnectionStrings:Database", new(connection)), "VerifyFull").ShouldBe(taken);
        IsTaken(Environments.Development, required: false, plain => ProtectedConnections.CheckDatabase(plain, "ConnectionStrings:Database", new(connection)), "").ShouldBeTrue();
    }

    [Theory]
    [InlineData("amqp://user:word@mq.example.org/safeharbor", false)]
    [InlineData("amqp://user:word@mq.example.org:5671/safeharbor", false)]
    [InlineData("amqps://user:word@mq.example.org/safeharbor", true)]
    [InlineData("amqp://user:word@localhost/safeharbor", true)]
    [InlineData("amqp://user:word@[::1]/safeharbor", true)]
    public void Outside_development_a_broker_elsewhere_is_spoken_to_over_TLS(string broker, bool taken)
    {
        IsTaken(Environments.Production, required: false, plain => ProtectedConnections.CheckBroker(plain, "ConnectionStrings:Broker", new(broker)), "amqps://").ShouldBe(taken);
        IsTaken(Environments.Development, required: false, plain => ProtectedConnections.CheckBroker(plain, "ConnectionStrings:Broker", new(broker)), "").ShouldBeTrue();
    }

    [Fact]
    public void Where_TLS_is_required_this_machine_is_no_exception()
    {
        IsTaken(Environments.Development, required: true, plain => ProtectedConnections.CheckDatabase(plain, "ConnectionStrings:Database", new("Host=localhost;SSL Mode=Require")), "VerifyFull").ShouldBeFalse();
        IsTaken(Environments.Development, required: true, plain => ProtectedConnections.CheckBroker(plain, "ConnectionStrings:Broker", new("amqp://localhost")), "amqps://").ShouldBeFalse();
    }

    private static bool IsTaken(string environment, bool required, Action<PlainConnections> check, string advice)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Tls:Required"] = required.ToString() }).Build();
        try
        {
            check(new PlainConnections(settings, new Place(environment)));
            return true;
        }
        catch (StartRefusedException refused)
        {
            refused.Message.ShouldContain("ConnectionStrings:");
            refused.Message.ShouldContain(advice);
            refused.Message.ShouldNotContain("word");
            return false;
        }
    }

    private sealed class Place(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;
        public string ApplicationName { get; set; } = "test";
        public string ContentRootPath { get; set; } = "/";
        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
