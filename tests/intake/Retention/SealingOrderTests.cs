namespace SafeHarbor.Intake.Tests.Retention;

/// <summary>A court's order, and the proof that what it demands was done.</summary>
public sealed class SealingOrderTests(RetainedReports reports) : IClassFixture<RetainedReports>
{
    private readonly TestIntake _intake = reports.Intake;

    [Fact]
    public async Task The_responding_county_carries_it_out_at_once_and_twice_is_once()
    {
        var created = await reports.CreateAsync("06037: 06059:");

        (await reports.SealAsync(created.ReportId, "county:06059")).Status.ShouldBe(404, "it does not respond, and has no grant");
        (await reports.SealAsync(created.ReportId, "provider:harbor-house")).Status.ShouldBe(403);
        (await reports.SealAsync(created.ReportId, RetainedReports.County, "reports.read")).Status.ShouldBe(403);
        (await reports.SealAsync(Guid.NewGuid())).Status.ShouldBe(404);
        (await reports.ReadAsync(created.ReportId)).Status.ShouldBe(200);

        var sealing = await reports.SealAsync(created.ReportId, RetainedReports.County);

        sealing.Status.ShouldBe(200, sealing.Body);
        sealing.Json["ground"]!.GetValue<string>().ShouldBe("COURT_ORDER");
        (await reports.ReadAsync(created.ReportId)).Json["destroyedFor"]!.GetValue<string>().ShouldBe("COURT_ORDER");
        (await reports.SealAsync(created.ReportId, RetainedReports.County)).Body.ShouldBe(sealing.Body);
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'key.destroyed'")).ShouldBe(1);
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'report.sealing-ordered'")).ShouldBe(2, "each command is there as it was given");
    }

    [Fact]
    public async Task The_names_of_its_workers_go_with_the_report_and_nothing_is_added_to_it_any_more()
    {
        var created = await reports.CreateAsync("06037:");
        var opened = Sample.Opened(created.EncounterId, created.ReportId);
        await _intake.PublishAsync(opened);
        await _intake.PublishAsync(Sample.Accepted(opened));
        await _intake.EventuallyAsync($"select count(*) from timeline where report_id = '{created.ReportId}' and type = 'handoff.accepted.v1'", 1, "the acceptance arrives");
        (await AssignAsync(created, "Canary-Worker")).Status.ShouldBe(200);
        (await AssignAsync(created, "Canary-Other")).Status.ShouldBe(200);

        (await reports.SealAsync(created.ReportId)).Status.ShouldBe(200);

        (await AssignAsync(created, "Canary-Third")).Status.ShouldBe(410);
        foreach (var (path, status) in new[] { ("worker", 410), ("whereabouts", 200) })
            (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}/{path}")).Status.ShouldBe(status, path);
        (await _intake.SendAsync(HttpMethod.Put, $"/v1/reports/{created.ReportId}/whereabouts", new { holder = "SHELTER", since = DateTimeOffset.UtcNow })).Status.ShouldBe(410);
        foreach (var key in await KeysOfWorkersAsync(created.ReportId))
            (await _intake.CountKeysAsync($"select count(*) from keys where key_id = '{key}' and wrapped_key is null and destroyed_for = 'COURT_ORDER'")).ShouldBe(1);
    }

    private Task<Answer> AssignAsync(Answer created, string name) => _intake.SendAsync(HttpMethod.Put, $"/v1/reports/{created.ReportId}/worker", new { name, phone = "555-0150" },
        RetainedReports.County, "handoffs.act");

    private async Task<IReadOnlyList<Guid>> KeysOfWorkersAsync(Guid report)
    {
        await using var command = _intake.Source.CreateCommand($"select array_agg(key_id) from workers where report_id = '{report}'");
        var keys = (Guid[])(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        keys.Length.ShouldBe(2);
        return keys;
    }

    [Fact]
    public async Task Its_reference_is_nowhere_but_the_same_reference_has_the_same_fingerprint()
    {
        var (one, other) = (await reports.CreateAsync("06037:"), await reports.CreateAsync("06037:"));
        (await reports.SealAsync(one.ReportId)).Status.ShouldBe(200);
        (await reports.SealAsync(other.ReportId)).Status.ShouldBe(200);

        (await _intake.CountAsync($"select count(distinct order_fingerprint) from destructions where report_id in ('{one.ReportId}', '{other.ReportId}') and length(order_fingerprint) = 32")).ShouldBe(1);
        foreach (var table in (string[])["destructions", "ledger", "timeline", "outbox"])
            (await _intake.CountAsync($"select count(*) from {table} t where t::text like '%Canary%' or t::text like '%JV-1%'")).ShouldBe(0, table);
        _intake.Log.ShouldNotContain(line => line.Contains("JV-1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_wrong_with_an_order_is_said_and_nothing_is_destroyed()
    {
        var created = await reports.CreateAsync("06037:");

        (await reports.SealAsync(created.ReportId, order: new { court = "Los Angeles", orderedOn = "2999-01-01", reference = " " })).Errors
            .ShouldBe(["/court unknown-code", "/orderedOn out-of-range", "/reference wrong-form"]);
        (await reports.ReadAsync(created.ReportId)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_proof_shows_what_the_key_store_and_the_ledger_say_and_when_it_is_gone_for_good()
    {
        var created = await reports.CreateAsync("06037:");
        (await reports.ProofAsync(created.ReportId)).Status.ShouldBe(404, "nothing was destroyed");
        (await reports.SealAsync(created.ReportId)).Status.ShouldBe(200);
        await _intake.EventuallyAsync($"select count(*) from ledger l join ledger_links k on k.entry_id = l.entry_id where l.report_id = '{created.ReportId}' and l.action like 'key.%'", 2, "the entries are linked");

        var proof = (await reports.ProofAsync(created.ReportId)).Json;

        var destroyedAt = proof["destroyedAt"]!.GetValue<DateTimeOffset>();
        proof["goneForGoodAt"]!.GetValue<DateTimeOffset>().ShouldBe(destroyedAt.AddDays(7));
        var keys = proof["keys"]!.AsArray();
        keys.Count.ShouldBe(2, "the report's and its telephone report's");
        keys.ShouldAllBe(k => k!["destroyedAt"]!.GetValue<DateTimeOffset>() == destroyedAt && k["destroyedFor"]!.GetValue<string>() == "COURT_ORDER");
        var entries = proof["ledger"]!.AsArray();
        entries.Select(e => e!["action"]!.GetValue<string>()).ShouldBe(["key.destruction-ordered", "key.destroyed"]);
        foreach (var entry in entries)
        {
            (await _intake.CountAsync($"""
                select count(*) from ledger_links where entry_id = {entry!["entryId"]} and position = {entry["position"]} and encode(hash, 'hex') = '{entry["hash"]}'
                """)).ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_proof_is_for_the_agency_for_whoever_could_read_the_report_and_for_the_state()
    {
        var created = await reports.CreateAsync("06037:");
        (await reports.SealAsync(created.ReportId)).Status.ShouldBe(200);
        await reports.ExecuteAsync($"update grants set expires_at = now() - interval '1 day' where report_id = '{created.ReportId}'");

        foreach (var may in (string[])[$"le:{TestIntake.Agency}", RetainedReports.County, "state:ca"])
            (await reports.ProofAsync(created.ReportId, may)).Status.ShouldBe(200, may);
        foreach (var stranger in (string[])["le:CA0370000", "county:06059", "provider:harbor-house"])
            (await reports.ProofAsync(created.ReportId, stranger)).Status.ShouldBe(404, stranger);
        (await reports.ProofAsync(created.ReportId, "state:nv")).Status.ShouldBe(403, "another state may do nothing here");
    }
}
