using System.Text;
using Microsoft.Extensions.DependencyInjection;
using RabbitMQ.Client;
using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Parking;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.TestServers;

namespace SafeHarbor.Messaging.Tests;

/// <summary>Tests and reports never meet.</summary>
public sealed class SandboxTests : MessagingTest
{
    private static readonly (string, string) On = ("Sandbox", "true");

    [Fact]
    public async Task A_test_that_comes_to_an_installation_that_is_no_sandbox_is_parked_told_to_nobody_and_never_sent_again()
    {
        await using var service = await Start(Both);

        await IsKeptOutAsync(service, marked: true);
    }

    [Fact]
    public async Task A_report_that_comes_to_a_sandbox_is_too()
    {
        await MakeSandboxAsync();
        await using var service = await Start(Both, On);

        await IsKeptOutAsync(service, marked: false);
    }

    [Fact]
    public async Task What_a_sandbox_sends_is_its_own()
    {
        await MakeSandboxAsync();
        await using var service = await Start(Both, On);
        var recorded = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);

        await Publish(service, recorded);

        await service.EventuallyAsync($"select count(*) from notes where about = '{recorded.EncounterId}'", n => n == 1, "it has its effect", Cancellation);
        (await service.Services.GetRequiredService<ParkedMessages>().CountAsync(Cancellation)).ShouldBe(0);
    }

    [Fact]
    public async Task A_service_does_not_start_on_the_database_of_the_other_kind()
    {
        (await Should.ThrowAsync<StartRefusedException>(() => Start(Both, On))).Message.ShouldContain("is no sandbox's, but Sandbox is true");
        await MakeSandboxAsync();
        (await Should.ThrowAsync<StartRefusedException>(() => Start(Both))).Message.ShouldContain("holds tests, but Sandbox is not true");
    }

    [Fact]
    public async Task A_database_is_told_once_what_it_is_for()
    {
        await Migrating.ApplyAsync<TestDb>(Database.ConnectionString, TestStates.California);

        (await Should.ThrowAsync<StartRefusedException>(Migrating.ApplyAsync<TestDb>(Database.ConnectionString, TestStates.California, sandbox: new(true)))).Message.ShouldContain("no sandbox");
    }

    private async Task IsKeptOutAsync(TestService service, bool marked)
    {
        var recorded = Sample.Recorded(Guid.NewGuid(), DateTimeOffset.UnixEpoch);
        var parked = service.Services.GetRequiredService<ParkedMessages>();
        await SendAsync("intake-timeline", recorded, marked);
        await SendAsync("intake-timeline", "no-such.kind.v1", Encoding.UTF8.GetBytes($$"""{"encounterId":"{{recorded.EncounterId}}"}"""), marked);
        await service.EventuallyAsync("select count(*) from parked where error_type = 'OtherInstallationException'", n => n == 2, "both are parked", Cancellation);

        foreach (var row in await parked.ListAsync("PARKED", 0, 10, Cancellation))
            await parked.RedriveAsync(row.Id, new Caller("tester", Organization.Parse("state:ca"), new HashSet<string>()), Cancellation);

        (await parked.CountAsync(Cancellation)).ShouldBe(2);
        (await service.ScalarAsync<long>("select count(*) from notes", Cancellation)).ShouldBe(0);
        (await service.ScalarAsync<long>("select count(*) from outbox", Cancellation)).ShouldBe(0, "no timeline is told of it");
    }

    /// <summary>As if it had been migrated as one.</summary>
    private Task MakeSandboxAsync() => AdminAsync("create or replace function is_sandbox() returns boolean language sql immutable parallel safe return true");

    private Task SendAsync<T>(string queue, T message, bool marked) => SendAsync(queue, WireNameAttribute.Of(typeof(T)), WireFormat.Serialize(message), marked);

    private async Task SendAsync(string queue, string type, byte[] body, bool marked)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(TheBroker.Address) }.CreateConnectionAsync(Cancellation);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true), Cancellation);
        var properties = new BasicProperties { Type = type, MessageId = Guid.NewGuid().ToString(), ContentType = "application/json", Headers = marked ? new Dictionary<string, object?> { ["safeharbor-sandbox"] = true } : null };
        await channel.BasicPublishAsync("", queue, mandatory: true, properties, body, Cancellation);
    }
}
