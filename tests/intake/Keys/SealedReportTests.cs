using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Tests.Keys;

/// <summary>A report's details open with its own key, in its own row, as long as the key has not been destroyed.</summary>
public sealed class SealedReportTests(RunningIntakeThatLogsEverything running) : IClassFixture<RunningIntakeThatLogsEverything>
{
    private readonly TestIntake _intake = running.Intake;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private async Task<Answer> CreateAsync()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: e => e["telephoneReport"] = Sample.Call()));
        created.Status.ShouldBe(201, created.Body);
        await _intake.GrantAsync(created);
        return created;
    }

    private Task<Answer> ReadAsync(Answer created, string organization = "county:06037") =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: organization, scopes: "reports.read");

    private async Task<Guid> KeyOfAsync(Answer created)
    {
        await using var command = _intake.Source.CreateCommand($"select key_id from reports where report_id = '{created.ReportId}'");
        return (Guid)(await command.ExecuteScalarAsync(Cancellation))!;
    }

    [Fact]
    public async Task Every_record_has_a_key_of_its_own()
    {
        var (one, other) = (await CreateAsync(), await CreateAsync());

        var own = $"where encounter_id in ('{one.EncounterId}', '{other.EncounterId}')";
        (await _intake.CountAsync($"select count(distinct key_id) from (select key_id from reports {own} union all select key_id from telephone_reports {own}) used")).ShouldBe(4);
    }

    [Fact]
    public async Task Details_copied_into_another_report_do_not_open_even_with_their_own_key()
    {
        var (one, other) = (await CreateAsync(), await CreateAsync());
        (await ReadAsync(one)).Status.ShouldBe(200);

        await ChangeAsync($"update reports t set details = s.details, key_id = s.key_id from reports s where s.report_id = '{other.ReportId}' and t.report_id = '{one.ReportId}'");

        var read = await ReadAsync(one);
        read.Status.ShouldBe(500);
        read.Body.ShouldNotContain("Canary");
        (await ReadAsync(other)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Details_copied_into_another_column_do_not_open()
    {
        var created = await CreateAsync();

        await ChangeAsync($"""
            update telephone_reports t set details = s.details, key_id = s.key_id, telephone_report_id = s.report_id from reports s
            where s.encounter_id = t.encounter_id and s.report_id = '{created.ReportId}'
            """);

        (await ReadAsync(created)).Status.ShouldBe(500);
    }

    [Fact]
    public async Task A_wrapped_key_under_another_id_does_not_unwrap()
    {
        var (one, other) = (await CreateAsync(), await CreateAsync());

        await using (var keys = _intake.KeysSource())
        await using (var command = keys.CreateCommand($"update keys t set wrapped_key = s.wrapped_key from keys s where s.key_id = '{await KeyOfAsync(other)}' and t.key_id = '{await KeyOfAsync(one)}'"))
            (await command.ExecuteNonQueryAsync(Cancellation)).ShouldBe(1);

        (await ReadAsync(one)).Status.ShouldBe(500);
    }

    [Fact]
    public async Task Details_whose_key_was_destroyed_are_gone_for_whoever_could_read_them_and_the_receipt_stays()
    {
        var created = await CreateAsync();
        var reads = await _intake.CountAsync("select count(*) from ledger where action = 'report.read'");

        await _intake.Services.GetRequiredService<KeyStore>().DestroyAsync([await KeyOfAsync(created)], "retention: WIC 827", Cancellation);

        var read = await ReadAsync(created);
        read.Status.ShouldBe(410);
        read.Json["type"]!.GetValue<string>().ShouldEndWith("/report-destroyed");
        read.Json["destroyedFor"]!.GetValue<string>().ShouldBe("retention: WIC 827");
        read.Json["destroyedAt"]!.GetValue<DateTimeOffset>().ShouldBe(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(1));
        read.Body.ShouldNotContain("Canary");
        (await ReadAsync(created, "county:06001")).Status.ShouldBe(404);
        (await _intake.GetAsync($"/v1/encounters/{created.EncounterId}")).Status.ShouldBe(200);
        (await _intake.CountAsync("select count(*) from ledger where action = 'report.read'")).ShouldBe(reads, "Nothing was disclosed.");
    }

    [Fact]
    public async Task No_key_is_in_any_log_however_much_is_logged()
    {
        var created = await CreateAsync();
        (await ReadAsync(created)).Status.ShouldBe(200);
        var lines = await File.ReadAllLinesAsync(_intake.SealingKeyFile, Cancellation);
        List<byte[]> secrets = [Convert.FromBase64String(lines[0])];
        var stored = await _intake.Services.GetRequiredService<KeyStore>().FindAsync([await KeyOfAsync(created)], Cancellation);
        secrets.Add(stored[0].Wrapped!.Wrapped);
        using (var key = (await _intake.Services.GetRequiredService<IKeyEncryption>().UnwrapAsync([stored[0].Wrapped!], Cancellation))[0])
            secrets.Add(key.Bytes.ToArray());

        var log = string.Join('\n', _intake.Log);
        log.ShouldContain("Trace ", customMessage: "The log was captured at the finest level.");
        foreach (var secret in secrets)
        {
            log.ShouldNotContain(Convert.ToBase64String(secret));
            log.ShouldNotContain(Convert.ToHexString(secret), Case.Insensitive);
        }
    }

    private async Task ChangeAsync(string sql)
    {
        await using var command = _intake.Source.CreateCommand(sql);
        (await command.ExecuteNonQueryAsync(Cancellation)).ShouldBe(1);
    }
}
