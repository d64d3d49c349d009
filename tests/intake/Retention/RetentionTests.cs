using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;

namespace SafeHarbor.Intake.Tests.Retention;

/// <summary>What a run destroys, what it leaves, and that it is finished whatever interrupts it.</summary>
public sealed class RetentionTests(RetainedReports reports) : IClassFixture<RetainedReports>
{
    private readonly TestIntake _intake = reports.Intake;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_run_destroys_what_is_due_and_nothing_else_and_receipt_timeline_and_ledger_stay()
    {
        var (old, young) = (await reports.CreateAsync("06037:400"), await reports.CreateAsync("06037:400"));
        await reports.AgeAsync(old, 401);
        await reports.AgeAsync(young, 399);
        var receipt = (await _intake.GetAsync($"/v1/encounters/{old.EncounterId}")).Json["reports"]!.ToJsonString();
        (await reports.ReadAsync(old.ReportId)).Status.ShouldBe(200);

        (await reports.RunAsync()).ShouldBe([old.ReportId]);

        var read = await reports.ReadAsync(old.ReportId);
        (read.Status, read.Json["destroyedFor"]!.GetValue<string>()).ShouldBe((410, "RETENTION"));
        (await reports.ReadAsync(young.ReportId)).Status.ShouldBe(200);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{old.EncounterId}' and type = 'report.destroyed.v1' and data ->> 'ground' = 'RETENTION'", 1, "the timeline says so");
        (await _intake.GetAsync($"/v1/encounters/{old.EncounterId}")).Json["reports"]!.ToJsonString().ShouldBe(receipt);
        (await _intake.GetAsync($"/v1/reports/{old.ReportId}/accesses")).Json["items"]!.AsArray().Count.ShouldBe(1, "who has read it stays known");
        (await ActionsAsync(old.ReportId)).ShouldBe("grant.given report.read key.destruction-ordered key.destroyed accesses.read");
        (await reports.RunAsync()).ShouldBeEmpty("a second run finds nothing more");
    }

    [Fact]
    public async Task A_copy_of_the_details_from_before_does_not_open_with_the_key_store_as_it_is()
    {
        var created = await reports.CreateAsync("06037:400");
        var (details, key) = (await reports.ScalarAsync<byte[]>($"select details from reports where report_id = '{created.ReportId}'"), await KeyOfAsync(created.ReportId));
        (await OpensAsync(details, created.ReportId, key)).ShouldBeTrue();
        await reports.AgeAsync(created, 401);

        await reports.RunAsync();

        (await OpensAsync(details, created.ReportId, key)).ShouldBeFalse();
        (await _intake.CountKeysAsync($"select count(*) from keys where key_id = '{key}' and wrapped_key is null and destroyed_for = 'RETENTION'")).ShouldBe(1);
    }

    [Fact]
    public async Task The_telephone_reports_go_with_the_last_report_and_no_call_is_added_to_what_is_gone()
    {
        var created = await reports.CreateAsync("06037:400", children: 2);
        var both = created.Json["reports"]!.AsArray().Select(r => r!["reportId"]!.GetValue<Guid>()).ToList();
        var call = await reports.ScalarAsync<Guid>($"select key_id from telephone_reports where encounter_id = '{created.EncounterId}'");
        var callDestroyed = $"select count(*) from keys where key_id = '{call}' and wrapped_key is null";

        (await reports.SealAsync(both[0])).Status.ShouldBe(200);
        (await _intake.CountKeysAsync(callDestroyed)).ShouldBe(0);
        (await reports.ReadAsync(both[1])).Body.ShouldContain("Canary-Referral");

        (await reports.SealAsync(both[1])).Status.ShouldBe(200);
        (await _intake.CountKeysAsync(callDestroyed)).ShouldBe(1);
        (await _intake.SendAsync(HttpMethod.Put, $"/v1/encounters/{created.EncounterId}/telephone-report", Sample.Call())).Status.ShouldBe(410);
    }

    [Fact]
    public async Task The_telephone_reports_also_go_when_all_reports_go_at_once()
    {
        var created = await reports.CreateAsync("06037:400", children: 3);
        await reports.AgeAsync(created, 401);

        (await reports.RunAsync()).Count.ShouldBe(3);

        (await _intake.CountAsync($"select sum(jsonb_array_length(key_ids)) from destructions where encounter_id = '{created.EncounterId}'")).ShouldBe(4);
        var call = await reports.ScalarAsync<Guid>($"select key_id from telephone_reports where encounter_id = '{created.EncounterId}'");
        (await _intake.CountKeysAsync($"select count(*) from keys where key_id = '{call}' and wrapped_key is null")).ShouldBe(1);
    }

    [Fact]
    public async Task What_was_ordered_while_the_key_store_was_away_is_carried_out_when_it_is_back()
    {
        var created = await reports.CreateAsync("06037:");
        await _intake.RefuseKeysAsync();
        Answer ordered;
        try
        {
            ordered = await reports.SealAsync(created.ReportId);
        }
        finally
        {
            await _intake.AllowKeysAsync();
        }
        ordered.Status.ShouldBe(202, ordered.Body);
        (await ActionsAsync(created.ReportId)).ShouldEndWith("report.sealing-ordered key.destruction-ordered", customMessage: "nothing is destroyed that is not on the ledger before");
        var until = DateTime.UtcNow.AddSeconds(30);
        while ((await reports.ReadAsync(created.ReportId)).Status != 200)
            DateTime.UtcNow.ShouldBeLessThan(until, "The key store is back, and nothing is destroyed yet.");

        (await reports.RunAsync()).ShouldBeEmpty("it is finished and not ordered again");

        (await reports.ReadAsync(created.ReportId)).Status.ShouldBe(410);
        (await ActionsAsync(created.ReportId)).ShouldEndWith("key.destruction-ordered report.read key.destroyed");
    }

    [Fact]
    public async Task What_was_destroyed_and_not_told_is_told_once()
    {
        var created = await reports.CreateAsync("06037:");
        var key = await KeyOfAsync(created.ReportId);
        await reports.ExecuteAsync($"""
            insert into destructions (report_id, encounter_id, key_ids, ground, ordered_at) values ('{created.ReportId}', '{created.EncounterId}', '["{key}"]', 'RETENTION', now())
            """);
        await _intake.Services.GetRequiredService<KeyStore>().DestroyAsync([key], "RETENTION", Cancellation);

        await reports.RunAsync();
        await reports.RunAsync();

        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'key.destroyed'")).ShouldBe(1);
        await _intake.EventuallyAsync($"select count(*) from timeline where encounter_id = '{created.EncounterId}' and type = 'report.destroyed.v1'", 1, "the timeline says so");
    }

    [Fact]
    public async Task A_key_that_comes_back_with_a_backup_is_destroyed_again()
    {
        var created = await reports.CreateAsync("06037:");
        var key = await KeyOfAsync(created.ReportId);
        await ExecuteKeysAsync($"create table backup as select * from keys where key_id = '{key}'");
        (await reports.SealAsync(created.ReportId)).Status.ShouldBe(200);
        await ExecuteKeysAsync("""
            alter table keys disable trigger keys_change;
            update keys k set wrapped_key = b.wrapped_key, destroyed_at = null, destroyed_for = null from backup b where b.key_id = k.key_id;
            alter table keys enable trigger keys_change;
            drop table backup
            """);
        (await reports.ReadAsync(created.ReportId)).Status.ShouldBe(200, "the backup has brought it back");

        await reports.RunAsync();

        (await reports.ReadAsync(created.ReportId)).Status.ShouldBe(410);
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'key.destroyed'")).ShouldBe(2);
        _intake.Log.ShouldContain(line => line.Contains("it was destroyed again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_order_cannot_be_taken_back_or_changed()
    {
        var created = await reports.CreateAsync("06037:");
        (await reports.SealAsync(created.ReportId)).Status.ShouldBe(200);

        foreach (var change in (string[])["ground = 'RETENTION'", "destroyed_at = null", "key_ids = '[]'"])
        {
            (await Should.ThrowAsync<Npgsql.PostgresException>(reports.ExecuteAsync($"update destructions set {change} where report_id = '{created.ReportId}'")))
                .SqlState.ShouldBe(Npgsql.PostgresErrorCodes.InsufficientPrivilege);
        }
    }

    private Task<Guid> KeyOfAsync(Guid report) => reports.ScalarAsync<Guid>($"select key_id from reports where report_id = '{report}'");

    private Task<string> ActionsAsync(Guid report) => reports.ScalarAsync<string>($"select string_agg(action, ' ' order by entry_id) from ledger where report_id = '{report}'");

    private async Task<bool> OpensAsync(byte[] details, Guid report, Guid key)
    {
        using var keys = await _intake.Services.GetRequiredService<ReportKeys>().OpenAsync([key], Cancellation);
        return keys.Find(key) is { } opened && SealedJson.Open<ReportDetails>(details, report, opened).Narrative == "Canary-Narrative";
    }

    private async Task ExecuteKeysAsync(string sql)
    {
        await using var keys = _intake.KeysSource();
        await using var command = keys.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(Cancellation);
    }
}
