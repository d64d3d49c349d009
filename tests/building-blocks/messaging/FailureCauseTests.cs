using Npgsql;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Whose fault a failure is decides whether it is waited for, repeated at once, or counted.</summary>
public sealed class FailureCauseTests
{
    [Theory]
    [InlineData("25006", "Installation"), InlineData("28P01", "Installation"), InlineData("57P01", "Installation"), InlineData("53300", "Installation")]
    [InlineData("42501", "Installation"), InlineData("42P01", "Installation"), InlineData("3D000", "Installation")]
    [InlineData("23505", "Race"), InlineData("40P01", "Race"), InlineData("40001", "Race")]
    [InlineData("22P05", "Message"), InlineData("23502", "Message"), InlineData("23514", "Message"), InlineData("42601", "Message")]
    public void A_server_error_is_the_messages_fault_only_when_it_is_about_the_data(string sqlState, string cause) =>
        FailureCause.Of(new PostgresException("m", "ERROR", "ERROR", sqlState)).ToString().ShouldBe(cause);

    [Fact]
    public void A_lost_connection_is_the_installations_fault_however_deep_it_is_wrapped()
    {
        FailureCause.Of(new NpgsqlException("gone", new IOException())).ShouldBe(Cause.Installation);
        FailureCause.Of(new InvalidOperationException("likely transient", new NpgsqlException("gone"))).ShouldBe(Cause.Installation);
        FailureCause.Of(new TimeoutException()).ShouldBe(Cause.Installation);
    }

    [Fact]
    public void Anything_else_is_the_messages_fault() => FailureCause.Of(new InvalidOperationException()).ShouldBe(Cause.Message);
}
