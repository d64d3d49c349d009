using Npgsql;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.Disclosure;

namespace SafeHarbor.Intake.Tests;

/// <summary>Who reads what of a report, and what the ledger says of it.</summary>
public sealed class DisclosureTests(RunningIntake running) : IClassFixture<RunningIntake>
{
    private readonly TestIntake _intake = running.Intake;

    private async Task<Answer> CreateAsync()
    {
        var created = await _intake.PostAsync(Sample.Encounter(change: e => e["telephoneReport"] = Sample.Call()));
        created.Status.ShouldBe(201, created.Body);
        return created;
    }

    private async Task<Guid> GrantAsync(Answer created, string organization, string tier, TimeSpan? lasts = null)
    {
        var granted = Sample.Granted(created.EncounterId, created.ReportId, organization, tier, lasts ?? TimeSpan.FromDays(30));
        await _intake.PublishAsync(granted);
        await _intake.EventuallyAsync($"select count(*) from grants where grant_id = '{granted.GrantId}'", 1, "the grant arrives");
        return granted.GrantId;
    }

    private Task<Answer> ReadAsync(Answer created, string organization, string scopes = "reports.read", params (string, string)[] headers) =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: organization, scopes: scopes, headers: headers);

    [Fact]
    public async Task A_county_with_a_grant_reads_everything_but_the_reporter_and_is_on_the_ledger()
    {
        var created = await CreateAsync();
        var grant = await GrantAsync(created, "county:06037", Tiers.County);

        var read = await ReadAsync(created, "county:06037", headers: ("Purpose", "EMERGENCY_RESPONSE"));

        read.Status.ShouldBe(200, read.Body);
        foreach (var canary in new[] { "Given", "Family", "Alias", "Address", "City", "Tribe", "Medical", "Notes", "Guardian", "Suspect", "Narrative", "Agency", "Contact", "Referral",
            "Home", "School", "Ethnicity", "Relationship", "Sibling", "Advocates", "Form", "GuardianBusinessPhone", "SuspectPhone", "WorkerSafety" })
            read.Body.ShouldContain($"Canary-{canary}");
        foreach (var canary in new[] { "Officer", "Badge", "OfficerPhone", "Joint" })
            read.Body.ShouldNotContain($"Canary-{canary}");
        read.Json["officer"].ShouldBeNull();
        read.Json["child"]!["approximateAge"]!.GetValue<int>().ShouldBe(15);
        read.Json["child"]!["particulars"]!["homeLanguage"]!.GetValue<string>().ShouldBe("es");
        read.Json["suspects"]![0]!["role"]!.GetValue<string>().ShouldBe("TRAFFICKER");
        read.Json["grant"]!["legalBasis"]!.AsArray().Select(r => $"{r!["kind"]} {r["citation"]}").ShouldBe(
            ["STATUTE PC 11166(k)", "STATUTE PC 11167.5(b)(1)", "PRODUCT_DEFAULT SafeHarbor default"]);
        (await _intake.CountAsync($"select count(*) from ledger where grant_id = '{grant}' and action = 'grant.given' and facts ->> 'legalBasis' = 'pc-11166-k pc-11167-5-b-1 county-grant'")).ShouldBe(1);
        read.Headers["Cache-Control"].ShouldBe("no-store");
        var ledger = await _intake.GetAsync($"/v1/reports/{created.ReportId}/accesses");
        var line = ledger.Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        line["organization"]!.GetValue<string>().ShouldBe("county:06037");
        line["subject"]!.GetValue<string>().ShouldBe("tester-of-county:06037");
        line["tier"]!.GetValue<string>().ShouldBe("COUNTY");
        line["grantId"]!.GetValue<Guid>().ShouldBe(grant);
        line["purpose"]!.GetValue<string>().ShouldBe("EMERGENCY_RESPONSE");
        line["reporterIdentity"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task The_reporter_is_a_right_of_its_own()
    {
        var created = await CreateAsync();
        await GrantAsync(created, "county:06037", Tiers.County);

        (await ReadAsync(created, "county:06037", "reports.read reporter.read")).Json["officer"]!["badge"]!.GetValue<string>().ShouldBe("Canary-Badge");
        (await ReadAsync(created, "county:06037", "reports.read reporter.read")).Json["jointReporters"]![0]!["name"]!.GetValue<string>().ShouldBe("Canary-Joint");
        (await _intake.GetAsync($"/v1/reports/{created.ReportId}/accesses")).Json["items"]![0]!["reporterIdentity"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task A_provider_that_has_accepted_reads_whom_to_meet_where_and_what_to_mind()
    {
        var created = await CreateAsync();
        await GrantAsync(created, "provider:harbor-house", Tiers.Accepted);

        var read = await ReadAsync(created, "provider:harbor-house", "reports.read reporter.read");

        read.Json["calledName"]!.GetValue<string>().ShouldBe("Canary-Given");
        read.Json["meetingPoint"]!["address"]!.GetValue<string>().ShouldBe("1 Canary-Address St");
        read.Json["safety"]!["guardianUnsafe"]!.GetValue<bool>().ShouldBeTrue();
        read.Json["safety"]!["medicalAlerts"]!.GetValue<string>().ShouldBe("Canary-Medical");
        foreach (var canary in new[] { "Family", "Alias", "Tribe", "Notes", "Guardian", "Suspect", "Narrative", "Officer", "Badge", "Contact", "Referral", "Home", "School", "Ethnicity", "Sibling", "Advocates", "Joint", "WorkerSafety" })
            read.Body.ShouldNotContain($"Canary-{canary}");
    }

    [Fact]
    public async Task The_desk_reads_the_agency_its_telephone_and_the_place_and_nothing_of_the_child()
    {
        var created = await CreateAsync();
        await GrantAsync(created, "state:ca", Tiers.Desk);

        var read = await ReadAsync(created, "state:ca");

        read.Status.ShouldBe(200, read.Body);
        read.Json["encounter"]!["agencyOri"]!.GetValue<string>().ShouldBe(TestIntake.Agency);
        read.Json["encounter"]!["location"]!["address"]!.GetValue<string>().ShouldBe("1 Canary-Address St");
        read.Json["officer"]!["phone"]!.GetValue<string>().ShouldContain("Canary-OfficerPhone");
        foreach (var canary in new[] { "Given", "Family", "Alias", "Tribe", "Medical", "Notes", "Guardian", "Suspect", "Narrative", "Badge", "Contact", "Referral", "Home", "School", "Ethnicity", "Sibling", "Advocates", "Joint", "WorkerSafety" })
            read.Body.ShouldNotContain($"Canary-{canary}");
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'report.read' and tier = 'DESK' and reporter_identity")).ShouldBe(1);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task A_grant_that_whoever_gave_it_has_ended_is_none_any_more_and_the_ledger_says_so(bool endComesFirst)
    {
        var created = await CreateAsync();
        var granted = Sample.Granted(created.EncounterId, created.ReportId);
        var ended = new DisclosureEnded
        {
            EncounterId = granted.EncounterId,
            At = DateTimeOffset.UtcNow,
            ReportId = granted.ReportId,
            GrantId = granted.GrantId,
            Organization = granted.Organization,
        };
        if (!endComesFirst)
        {
            await _intake.PublishAsync(granted);
            await _intake.EventuallyAsync($"select count(*) from grants where grant_id = '{granted.GrantId}'", 1, "the grant arrives");
            (await ReadAsync(created, "county:06037")).Status.ShouldBe(200);
        }
        await _intake.PublishAsync(ended);
        await _intake.EventuallyAsync($"select count(*) from grant_ends where grant_id = '{granted.GrantId}'", 1, "its end arrives");
        if (endComesFirst)
        {
            await _intake.PublishAsync(granted);
            await _intake.EventuallyAsync($"select count(*) from grants where grant_id = '{granted.GrantId}'", 1, "the grant arrives");
        }

        (await ReadAsync(created, "county:06037")).Status.ShouldBe(404);
        await _intake.PublishAsync(ended);
        await _intake.PublishAsync(granted);
        (await _intake.CountAsync($"select count(*) from ledger where action = 'grant.ended' and grant_id = '{granted.GrantId}' and tier = 'COUNTY'")).ShouldBe(endComesFirst ? 0 : 1);
    }

    [Fact]
    public async Task Without_a_live_grant_of_its_own_nobody_learns_that_there_is_a_report()
    {
        var created = await CreateAsync();
        await GrantAsync(created, "county:06059", Tiers.County, TimeSpan.FromSeconds(-1));
        await GrantAsync(created, "county:06037", Tiers.County);

        foreach (var organization in new[] { "county:06059", "county:06001", "provider:harbor-house", $"le:{TestIntake.Agency}", "state:ca" })
            (await ReadAsync(created, organization)).Status.ShouldBe(404);
        (await ReadAsync(created, "county:06037", "encounters.read")).Status.ShouldBe(403);
        (await _intake.CountAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'report.read'")).ShouldBe(0);
    }

    [Fact]
    public async Task Who_asks_for_a_report_without_a_grant_is_on_the_ledger_when_the_report_exists()
    {
        var created = await CreateAsync();

        (await ReadAsync(created, "county:06001", headers: ("Purpose", "REVIEW"))).Status.ShouldBe(404);
        (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{Guid.NewGuid()}", organization: "county:06002", scopes: "reports.read")).Status.ShouldBe(404);

        await _intake.EventuallyAsync($"select count(*) from ledger where report_id = '{created.ReportId}' and action = 'report.refused' and organization = 'county:06001' and purpose = 'REVIEW'",
            1, "the refusal is on the ledger");
        (await _intake.CountAsync("select count(*) from ledger where organization = 'county:06002'")).ShouldBe(0, "what does not exist leaves no trace: nobody fills the ledger by guessing");
        (await _intake.GetAsync($"/v1/reports/{created.ReportId}/accesses")).Json["items"]!.AsArray().ShouldBeEmpty("nothing was read");
    }

    [Fact]
    public async Task A_grant_is_on_the_ledger_once_however_often_it_comes_and_so_is_every_other_look()
    {
        var created = await CreateAsync();
        var grant = await GrantAsync(created, "county:06037", Tiers.County);
        await _intake.CountAsync($"insert into grants select gen_random_uuid(), encounter_id, report_id, 'county:06059', tier, legal_basis, granted_at, expires_at from grants where grant_id = '{grant}' returning 1");
        await _intake.GetAsync($"/v1/encounters/{created.EncounterId}");
        await _intake.GetAsync("/v1/encounters?limit=1");
        await _intake.GetAsync($"/v1/reports/{created.ReportId}/accesses");

        (await _intake.CountAsync($"select count(*) from ledger where action = 'grant.given' and grant_id = '{grant}' and organization = 'county:06037' and tier = 'COUNTY'")).ShouldBe(1);
        (await _intake.CountAsync($"select count(*) from ledger where action = 'grant.given' and report_id = '{created.ReportId}'")).ShouldBe(2, "also what is given by hand");
        (await _intake.CountAsync($"select count(*) from ledger where action = 'encounter.read' and about = '{created.EncounterId}' and organization = 'le:{TestIntake.Agency}'")).ShouldBe(1);
        (await _intake.CountAsync($"select count(*) from ledger where action = 'accesses.read' and report_id = '{created.ReportId}'")).ShouldBe(1);
        (await _intake.CountAsync("select count(*) from ledger where action = 'encounters.listed' and facts ->> 'count' = '1'")).ShouldBeGreaterThanOrEqualTo(1);
        await _intake.EventuallyAsync("select count(*) from ledger_unlinked", 0, "everything is linked");
        (await _intake.CountAsync("select count(*) from ledger l where not exists (select from ledger_links k where k.entry_id = l.entry_id)")).ShouldBe(0);
    }

    [Fact]
    public async Task Only_the_reporting_agency_sees_who_has_read()
    {
        var created = await CreateAsync();

        (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}/accesses", organization: "le:CA0370000")).Status.ShouldBe(404);
        (await _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}/accesses", organization: "county:06037")).Status.ShouldBe(403);
    }

    [Theory]
    [InlineData("update ledger set subject = 'somebody else'")]
    [InlineData("delete from ledger")]
    [InlineData("truncate ledger")]
    public async Task The_ledger_cannot_be_changed_even_by_the_service_itself(string change)
    {
        var created = await CreateAsync();
        await GrantAsync(created, "county:06037", Tiers.County);
        await ReadAsync(created, "county:06037");
        await using var command = _intake.Source.CreateCommand(change);

        var refused = await Should.ThrowAsync<PostgresException>(() => command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken));

        refused.SqlState.ShouldBe(PostgresErrorCodes.InsufficientPrivilege);
    }
}
