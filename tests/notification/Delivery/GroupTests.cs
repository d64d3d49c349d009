using Microsoft.AspNetCore.Http;
using Npgsql;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Tests.Running;

namespace SafeHarbor.Notification.Tests.Delivery;

/// <summary>What many notices share, and what each of them still gets for itself.</summary>
public sealed class GroupTests : ServiceTest
{
    [Fact]
    public async Task An_outcome_that_comes_alone_is_recorded_on_what_the_claim_told()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        using var statements = new Statements(Installation.Database);
        var request = Installation.Request();

        await Installation.PublishAsync(app, Cancellation, request);

        (await OutcomeAsync(request.NoticeId, "DELIVERED")).ShouldHaveSingleItem().Body.GetProperty("attempts").GetInt32().ShouldBe(1);
        statements.Conclusions.ShouldBe(1);
        statements.Readings.ShouldBe(0);
    }

    [Fact]
    public async Task Notices_that_come_together_are_taken_and_concluded_together()
    {
        const int Notices = 200;
        Installation.Settings["Delivery:Concurrency"] = "64";
        Installation.Settings["Delivery:ConcurrencyPerEndpoint"] = "64";
        var app = await StartAsync();
        var (endpoint, _) = await RegisterAsync(app, Receiver.Url());
        using var statements = new Statements(Installation.Database);
        var requests = Enumerable.Range(0, Notices).Select(_ => Installation.Request()).ToArray();

        await Installation.PublishAsync(app, Cancellation, requests);

        await Installation.EventuallyAsync("select count(*) from notices where state = 'DELIVERED'", (long)Notices, Cancellation);
        (statements.Takes + statements.Conclusions + statements.Readings).ShouldBeLessThan(Notices / 2);
        Receiver.All.Select(w => Guid.Parse(w.Id)).ShouldBe(requests.Select(r => NoticeDelivery.Of(r.NoticeId, endpoint, default).Id), ignoreOrder: true);
        await Installation.EventuallyAsync("select count(*) from outbox", 0L, Cancellation);
        var reports = (await Queues.PeekAsync(Installation.Broker, "intake-timeline", Cancellation)).Where(r => r.Type == "notice.delivered.v1");
        reports.Select(r => r.Body.GetProperty("noticeId").GetGuid()).ShouldBe(requests.Select(r => r.NoticeId), ignoreOrder: true);
    }

    [Fact]
    public async Task An_outcome_that_conflicts_is_decided_again_and_the_others_of_its_group_are_recorded()
    {
        const int Notices = 6;
        var answer = new TaskCompletionSource();
        Receiver.Answer = (context, _, _) =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return answer.Task;
        };
        Installation.Settings["Delivery:Timeout"] = "00:00:20";
        Installation.Settings["Delivery:Lease"] = "00:10:00";
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        var requests = Enumerable.Range(0, Notices).Select(_ => Installation.Request()).ToArray();
        await Installation.PublishAsync(app, Cancellation, requests);
        await Receiver.WaitAsync(Notices, Cancellation);
        using var client = Installation.Client(app, County);
        using var statements = new Statements(Installation.Database);

        // A decision that nobody knew of when the attempts began.
        (await client.PostAsync($"/v1/notices/{requests[3].NoticeId}/resend", null, Cancellation)).EnsureSuccessStatusCode();
        var before = statements.Readings;
        answer.SetResult();

        await Installation.EventuallyAsync("select count(*) from notices where state = 'DELIVERED'", (long)Notices, Cancellation);
        statements.Readings.ShouldBeGreaterThan(before, "the conflict was met");
        (await Installation.ScalarAsync<string>(
            $"select string_agg(kind, ' ' order by number) from journal where notice_id = '{requests[3].NoticeId}'", Cancellation)).ShouldBe("ADDRESSED RESENT ATTEMPTED");
        (await Installation.ScalarAsync<long>("select count(*) from journal where kind = 'ATTEMPTED'", Cancellation)).ShouldBe(Notices);
        (await Installation.ScalarAsync<long>("select count(*) from deliveries where state = 'DELIVERED' and claim is null", Cancellation)).ShouldBe(Notices);
        foreach (var request in requests)
            (await OutcomeAsync(request.NoticeId, "DELIVERED")).ShouldHaveSingleItem().Type.ShouldBe("notice.delivered.v1");
        Receiver.All.Count.ShouldBe(Notices);
    }

    [Fact]
    public async Task An_instance_waits_for_its_turn_to_address_however_long_another_takes()
    {
        var app = await StartAsync();
        await RegisterAsync(app, Receiver.Url());
        await using var other = NpgsqlDataSource.Create(Installation.Database);
        await using var connection = await other.OpenConnectionAsync(Cancellation);
        await using (var transaction = await connection.BeginTransactionAsync(Cancellation))
        {
            await ExecuteAsync($"select pg_advisory_xact_lock({Addressing.Turn}, 0)");
            await Installation.PublishAsync(app, Cancellation, Installation.Request());
            await Installation.EventuallyAsync("select count(*) from pg_locks where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())", 1L, Cancellation);
            // Longer than a session waits for a row.
            await ExecuteAsync("select pg_sleep(2.5)");
        }

        await Receiver.WaitAsync(1, Cancellation);
        Installation.Log.Where(line => line.Contains("Deliveries are interrupted", StringComparison.Ordinal)).ShouldBeEmpty();

        async Task ExecuteAsync(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Two_instances_number_notices_without_gaps_and_attempt_each_once()
    {
        const int Notices = 150;
        var (one, two) = (await StartAsync(), await StartAsync());
        await RegisterAsync(one, Receiver.Url());
        var requests = Enumerable.Range(0, Notices).Select(i => Installation.Request(i % 3 == 0 ? "county:06059" : County)).ToArray();

        foreach (var (part, i) in requests.Chunk(10).Select((part, i) => (part, i)))
            await Installation.PublishAsync(i % 2 == 0 ? one : two, Cancellation, part);

        await Installation.EventuallyAsync($"select count(*) from notices where organization = '{County}' and state = 'DELIVERED'", Notices * 2L / 3, Cancellation);
        await Installation.EventuallyAsync("select count(*) from notices where organization = 'county:06059' and reason = 'NO_ENDPOINT'", Notices / 3L, Cancellation);
        (await Installation.ScalarAsync<string>(
            "select string_agg(range, ' ') from (select min(number) || '-' || max(number) range from notices group by organization order by organization) r",
            Cancellation)).ShouldBe("1-100 1-50");
        (await Installation.ScalarAsync<long>("select count(*) from journal where kind = 'ADDRESSED'", Cancellation)).ShouldBe(Notices);
        Receiver.All.Count.ShouldBe(Notices * 2 / 3);
        Receiver.All.Select(w => w.Id).Distinct().Count().ShouldBe(Notices * 2 / 3);
        Installation.Log.Where(line => line.Contains("Deliveries are interrupted", StringComparison.Ordinal)).ShouldBeEmpty();
    }
}
