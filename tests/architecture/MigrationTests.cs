namespace SafeHarbor.Architecture.Tests;

/// <summary>What migrations are and whom their tables show their rows to.</summary>
public sealed class MigrationTests
{
    private static readonly string Services = Path.Combine(Repository.Root, "services");

    public static TheoryData<int, string[]> Databases { get; } = new()
    {
        { 1, ["building-blocks/messaging/Storage", "building-blocks/ledger/Storage"] },
        { 100, ["intake/Storage"] },
        { 1, ["intake/Keys"] },
        { 100, ["county-routing/Storage"] },
        { 100, ["notification/Storage"] },
        { 100, ["case-services/Storage"] },
    };

    [Theory, MemberData(nameof(Databases))]
    public void Migrations_are_numbered_without_a_gap(int first, string[] folders) =>
        Rules.MigrationsOutOfOrder(first, folders.SelectMany(Files).Select(file => Path.GetFileName(file)!).Where(name => name != "rights.sql")).ShouldBeEmpty();

    [Fact]
    public void There_are_no_others()
    {
        var known = Databases.SelectMany(row => row.Data.Item2).SelectMany(Files).ToList();
        known.Count.ShouldBeGreaterThan(15);
        Directory.GetFiles(Services, "*.sql", SearchOption.AllDirectories).ShouldBe(known, ignoreOrder: true);
    }

    [Fact]
    public void One_that_is_missing_or_has_no_number_would_be_found() =>
        Rules.MigrationsOutOfOrder(100, ["0100_one.sql", "0102_three.sql", "more.sql"]).ShouldBe(
            ["0102_three.sql should be 0101_name.sql", "more.sql should be 0102_name.sql"]);

    [Fact]
    public void Every_table_is_guarded_but_those_without_an_organizations_rows() => Rules.TablesWithoutAGuard(
        string.Join('\n', Directory.GetFiles(Services, "*.sql", SearchOption.AllDirectories).Select(File.ReadAllText)),
        // Ids of messages; how far a watch has come; the key store, which no request reads.
        "inbox", "watch_positions", "keys",
        // Directories that every organization may read and that name no child.
        "protocol_packs", "providers").ShouldBeEmpty();

    [Fact]
    public void A_table_without_a_guard_would_be_found() =>
        Rules.TablesWithoutAGuard("create table notes (\n);\ncreate table open (\n);\ncreate table safe (\n);\nselect guard('safe');", "open").ShouldBe(["notes has no guard"]);

    [Fact]
    public void States_are_compared_with_words_in_capitals() => Rules.StatesNotInCapitals(
        Directory.GetFiles(Services, "*", SearchOption.AllDirectories).Where(file => Path.GetExtension(file) is ".sql" or ".cs").Select(file => (file, File.ReadAllText(file)))).ShouldBeEmpty();

    [Fact]
    public void A_state_by_another_name_would_be_found() =>
        Rules.StatesNotInCapitals([("0100_needs.sql", "current_state = 'Unfilled' or state = 'OPEN'")]).ShouldBe(["0100_needs.sql says Unfilled"]);

    private static string[] Files(string folder) => Directory.GetFiles(Path.Combine(Services, folder), "*.sql");
}
