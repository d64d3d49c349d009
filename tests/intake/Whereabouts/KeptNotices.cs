using System.Text.Json.Nodes;

namespace SafeHarbor.Intake.Tests.Whereabouts;

/// <summary>The notices that intake asks for, kept as they come into its outbox.</summary>
internal sealed class KeptNotices : IAsyncDisposable
{
    private readonly TestIntake _intake;

    private KeptNotices(TestIntake intake) => _intake = intake;

    public static async Task<KeptNotices> StartAsync(TestIntake intake, CancellationToken cancellation)
    {
        await using var command = intake.Source.CreateCommand("""
            create table kept_notices (like outbox);
            create function keep_notices() returns trigger language plpgsql security definer as $$ begin insert into kept_notices values (new.*); return new; end $$;
            create trigger keep_notices before insert on outbox for each row when (new.type = 'notice.requested.v1') execute function keep_notices();
            """);
        await command.ExecuteNonQueryAsync(cancellation);
        return new(intake);
    }

    /// <summary>To whom each of an encounter's went, and its type.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(Guid encounterId)
    {
        var found = new List<string>();
        await using var command = _intake.Source.CreateCommand($"select convert_from(body, 'utf8') from kept_notices where ordering_key = '{encounterId}'");
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            var body = JsonNode.Parse(rows.GetString(0))!;
            found.Add($"{body["organization"]} {body["type"]}");
        }
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await using var command = _intake.Source.CreateCommand("drop trigger keep_notices on outbox; drop function keep_notices(); drop table kept_notices;");
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
