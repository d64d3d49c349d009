using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Servers;

public sealed class GivenByEnvironmentTests
{
    [Fact]
    public void A_server_that_the_environment_names_is_taken_and_never_stopped_here()
    {
        var server = GivenByEnvironment.Postgres(name => name == "SAFEHARBOR_POSTGRES" ? "Host=db.example" : null);

        server.ShouldNotBeNull().Connection.ShouldBe("Host=db.example");
        server.Given.ShouldBeTrue();
        server.Processes.ShouldBeEmpty();
    }

    [Fact]
    public void A_broker_address_is_cut_before_its_virtual_host()
    {
        var environment = new Dictionary<string, string>
        {
            ["SAFEHARBOR_RABBITMQ"] = "amqp://user:secret@mq.example:5673/somewhere",
            ["SAFEHARBOR_RABBITMQ_MANAGEMENT"] = "http://user:secret@mq.example:15673",
        };

        var server = GivenByEnvironment.RabbitMq(environment.GetValueOrDefault).ShouldNotBeNull();

        server.Connection.ShouldBe("amqp://user:secret@mq.example:5673");
        server.Management.ShouldBe("http://user:secret@mq.example:15673");
    }

    [Fact]
    public void Without_a_management_address_the_usual_one_is_taken() =>
        GivenByEnvironment.RabbitMq(name => name == "SAFEHARBOR_RABBITMQ" ? "amqp://user:secret@mq.example" : null)
            .ShouldNotBeNull().Management.ShouldBe("http://user:secret@mq.example:15672");

    [Fact]
    public void An_empty_variable_names_nothing() => GivenByEnvironment.Postgres(_ => "").ShouldBeNull();
}
