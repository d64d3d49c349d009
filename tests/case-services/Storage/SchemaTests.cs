using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests.Storage;

public sealed class SchemaTests : Stage
{
    [Fact]
    public async Task The_migrated_database_is_what_the_model_says()
    {
        await using var db = Db();
        (await SchemaCheck.DifferencesAsync(db, Database.ConnectionString, Cancellation)).ShouldBeEmpty();
    }
}
