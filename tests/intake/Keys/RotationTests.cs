using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Tests.Keys;

/// <summary>The operator's key is replaced while reports come in and are read.</summary>
public sealed class RotationTests : IAsyncLifetime
{
    private TestIntake _intake = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _intake = await TestIntake.StartAsync();

    public ValueTask DisposeAsync() => _intake.DisposeAsync();

    [Fact]
    public async Task The_key_is_replaced_under_traffic_and_its_line_goes_and_everything_stays_readable()
    {
        var first = await CurrentAsync();
        var before = await CreateAsync(Sample.Encounter());
        var encounter = Sample.Encounter("26-ROTATION");
        var known = await _intake.PostAsync(encounter);
        using var stop = new CancellationTokenSource();
        var reports = new ConcurrentBag<Answer>();
        var refused = new ConcurrentBag<string>();
        var traffic = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var created = await _intake.PostAsync(Sample.Encounter());
                if (created.Status == 201)
                    reports.Add(created);
                else
                    refused.Add(created.Body);
                // Steady and no flood: every one of them is read in the end.
                await Task.Delay(100, Cancellation);
            }
        }, Cancellation);

        var old = await File.ReadAllTextAsync(_intake.SealingKeyFile, Cancellation);
        var next = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));
        await File.WriteAllTextAsync(_intake.SealingKeyFile, $"{next}\n{old}\n", Cancellation);
        await EventuallyAsync(async () => await CurrentAsync() != first, "The new key is noticed.");
        await EventuallyAsync(async () => await UnderAsync(first) == 0, "Every key is wrapped anew.");
        await File.WriteAllTextAsync(_intake.SealingKeyFile, next + "\n", Cancellation);
        await EventuallyAsync(() => Task.FromResult(_intake.Log.Any(line => line.Contains("holds 1 key(s)", StringComparison.Ordinal)
            && !line.Contains(first, StringComparison.Ordinal))), "The old key's end is noticed.");
        await stop.CancelAsync();
        await traffic;

        refused.ShouldBeEmpty();
        reports.Count.ShouldBeGreaterThan(0);
        foreach (var created in reports.Append(known))
            await _intake.GrantAsync(created);
        foreach (var created in reports.Append(before).Append(known))
            (await ReadAsync(created)).Status.ShouldBe(200);
        var again = await _intake.PostAsync(encounter);
        (again.Status, again.EncounterId).ShouldBe((200, known.EncounterId), "Duplicates are found as before.");
        (await UnderAsync(first)).ShouldBe(0);
    }

    [Fact]
    public async Task A_key_that_was_not_wrapped_anew_before_its_line_went_is_refused_until_the_line_is_back()
    {
        var created = await CreateAsync(Sample.Encounter());
        var old = await File.ReadAllTextAsync(_intake.SealingKeyFile, Cancellation);
        var first = await CurrentAsync();

        await File.WriteAllTextAsync(_intake.SealingKeyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Cancellation);
        await EventuallyAsync(async () => await CurrentAsync() != first, "The new key is noticed.");

        var refused = await ReadAsync(created);
        refused.Status.ShouldBe(503);
        refused.Json["type"]!.GetValue<string>().ShouldEndWith("/keys-unavailable");
        _intake.Log.ShouldContain(line => line.Contains($"wrapped by {first}", StringComparison.Ordinal) && line.Contains("Put that line back", StringComparison.Ordinal));

        await File.AppendAllTextAsync(_intake.SealingKeyFile, $"\n{old}", Cancellation);
        await EventuallyAsync(async () => (await ReadAsync(created)).Status == 200, "The report is readable again.");
    }

    [Fact]
    public async Task A_file_that_cannot_be_understood_changes_nothing_and_is_told()
    {
        var created = await CreateAsync(Sample.Encounter());
        var first = await CurrentAsync();

        await File.WriteAllTextAsync(_intake.SealingKeyFile, "half a k", Cancellation);

        await EventuallyAsync(async () => (await CurrentAsync()) == first && _intake.Log.Any(line => line.Contains("go on as they were", StringComparison.Ordinal)), "The bad file is noticed.");
        (await ReadAsync(created)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_broken_key_does_not_keep_the_others_from_being_wrapped_anew()
    {
        var first = await CurrentAsync();
        await EventuallyAsync(async () => await UnderAsync(first) > 10, "There are keys.");
        await using (var keys = _intake.KeysSource())
        await using (var command = keys.CreateCommand("update keys set wrapped_key = '\\x02' where key_id = (select key_id from keys where purpose is null order by key_id limit 1)"))
            await command.ExecuteNonQueryAsync(Cancellation);

        var old = await File.ReadAllTextAsync(_intake.SealingKeyFile, Cancellation);
        await File.WriteAllTextAsync(_intake.SealingKeyFile, $"{Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))}\n{old}", Cancellation);

        await EventuallyAsync(async () => await UnderAsync(first) == 1, "All but the broken one are wrapped anew.");
        _intake.Log.ShouldContain(line => line.Contains("cannot be wrapped anew", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_operator_sees_how_far_it_is_and_nobody_else_does()
    {
        await EventuallyAsync(async () => await UnderAsync(await CurrentAsync()) > 0, "There are keys.");

        var state = await _intake.SendAsync(HttpMethod.Get, "/v1/keys", organization: "state:ca", scopes: "operations.read");

        state.Status.ShouldBe(200, state.Body);
        state.Json["current"]!.GetValue<string>().ShouldBe(await CurrentAsync());
        state.Json["wrapped"]!.AsArray().ShouldHaveSingleItem()!["wrappedBy"]!.GetValue<string>().ShouldBe(await CurrentAsync());
        (await _intake.SendAsync(HttpMethod.Get, "/v1/keys", organization: "state:ca", scopes: "operations.act")).Status.ShouldBe(403);
        (await _intake.SendAsync(HttpMethod.Get, "/v1/keys", scopes: "operations.read")).Status.ShouldBe(403);
    }

    private async Task<string> CurrentAsync() => await _intake.Services.GetRequiredService<IKeyEncryption>().CurrentAsync(Cancellation);

    private Task<long> UnderAsync(string version) => _intake.CountKeysAsync($"select count(wrapped_key) from keys where wrapped_by = '{version}'");

    private async Task<Answer> CreateAsync(object encounter)
    {
        var created = await _intake.PostAsync(encounter);
        created.Status.ShouldBe(201, created.Body);
        await _intake.GrantAsync(created);
        return created;
    }

    private Task<Answer> ReadAsync(Answer created) =>
        _intake.SendAsync(HttpMethod.Get, $"/v1/reports/{created.ReportId}", organization: "county:06037", scopes: "reports.read");

    private static async Task EventuallyAsync(Func<Task<bool>> condition, string what)
    {
        var until = DateTime.UtcNow.AddSeconds(40);
        while (!await condition())
        {
            (DateTime.UtcNow < until).ShouldBeTrue(what);
            await Task.Delay(50, Cancellation);
        }
    }
}
