using Npgsql;
using SafeHarbor.Messaging.Handling;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Whose fault a failure is decides how long it is waited for.</summary>
public sealed class RetriesTests
{
    [Theory]
    [InlineData("25006", "Installation"), InlineData("28P01", "Installation"), InlineData("57P01", "Installation"), InlineData("53300", "Installation")]
    [InlineData("42501", "Installation"), InlineData("42P01", "Installation"), InlineData("3D000", "Installation"), InlineData("40001", "Installation")]
    [InlineData("23505", "Race")]
    [InlineData("22P05", "Message"), InlineData("23502", "Message"), InlineData("23514", "Message"), InlineData("42601", "Message")]
    public void A_server_error_is_the_messages_fault_only_when_it_is_about_the_data(string sqlState, string cause) =>
        Retries.CauseOf(new PostgresException("m", "ERROR", "ERROR", sqlState)).ToString().ShouldBe(cause);

    [Fact]
    public void A_lost_connection_is_the_installations_fault_however_deep_it_is_wrapped()
    {
        Retries.CauseOf(new NpgsqlException("gone", new IOException())).ShouldBe(Retries.Cause.Installation);
        Retries.CauseOf(new InvalidOperationException("likely transient", new NpgsqlException("gone"))).ShouldBe(Retries.Cause.Installation);
        Retries.CauseOf(new TimeoutException()).ShouldBe(Retries.Cause.Installation);
    }

    [Fact]
    public void A_row_that_another_transaction_wrote_first_is_a_race() => Retries.CauseOf(new RowConflictException("x")).ShouldBe(Retries.Cause.Race);

    [Fact]
    public void Anything_else_is_the_messages_fault() => Retries.CauseOf(new InvalidOperationException()).ShouldBe(Retries.Cause.Message);
}
