using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Intake.Keys;

namespace SafeHarbor.Intake.Tests.Keys;

/// <summary>Reports are accepted while keys are ready, never without one, and again as soon as there are some.</summary>
public sealed class SupplyTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Without_its_key_store_intake_accepts_as_long_as_keys_are_ready_and_then_refuses_until_it_is_back()
    {
        await using var intake = await TestIntake.StartAsync(("Sealing:KeysAhead", "4"));
        var supply = intake.Services.GetRequiredService<KeySupply>();
        await UntilAsync(() => supply.Count == 4, "The supply is full.");
        (await HealthAsync(intake)).ShouldBe("Healthy");
        await intake.RefuseKeysAsync();

        for (var ready = 0; ready < 4; ready++)
            (await intake.PostAsync(Sample.Encounter())).Status.ShouldBe(201);
        var encounter = Sample.Encounter();
        var refused = await intake.PostAsync(encounter, ("Idempotency-Key", "the same"));

        refused.Status.ShouldBe(503);
        refused.Json["type"]!.GetValue<string>().ShouldEndWith("/keys-unavailable");
        refused.Headers["Retry-After"].ShouldBe("5");
        (await HealthAsync(intake)).ShouldBe("Degraded");
        (await intake.CountAsync("select count(*) from encounters")).ShouldBe(4, "A report is not accepted unsealed.");

        await intake.AllowKeysAsync();
        await UntilAsync(() => supply.Count > 0, "The supply is filled again.");
        (await intake.PostAsync(encounter, ("Idempotency-Key", "the same"))).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Intake_starts_without_its_key_store_and_accepts_when_it_is_there()
    {
        await using var intake = await TestIntake.StartAsync(i => i.RefuseKeysAsync());

        (await intake.PostAsync(Sample.Encounter())).Status.ShouldBe(503);

        await intake.AllowKeysAsync();
        var key = intake.Services.GetRequiredService<FingerprintKey>();
        await UntilAsync(() => key.IsThere, "The fingerprints' key is read.");
        (await intake.PostAsync(Sample.Encounter())).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_key_that_is_taken_is_in_the_key_store_already()
    {
        await using var intake = await TestIntake.StartAsync();
        var supply = intake.Services.GetRequiredService<KeySupply>();

        using var taken = await supply.TakeAsync(300, Cancellation);

        var ids = string.Join(',', Enumerable.Range(0, 300).Select(_ => $"'{taken.Next().Id}'"));
        (await intake.CountKeysAsync($"select count(*) from keys where key_id in ({ids}) and wrapped_key is not null")).ShouldBe(300);
    }

    [Fact]
    public async Task Whoever_takes_at_once_never_gets_the_same_key()
    {
        await using var intake = await TestIntake.StartAsync(("Sealing:KeysAhead", "64"));
        var supply = intake.Services.GetRequiredService<KeySupply>();

        var taken = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => Task.Run(() => supply.TakeAsync(7, Cancellation).AsTask())));

        taken.SelectMany(t => Enumerable.Range(0, 7).Select(_ => t.Next().Id)).Distinct().Count().ShouldBe(280);
        foreach (var keys in taken)
            keys.Dispose();
    }

    private static async Task<string> HealthAsync(TestIntake intake) =>
        (await intake.GetAsync("/health/ready")).Json["checks"]!["keys"]!.GetValue<string>();

    internal static async Task UntilAsync(Func<bool> condition, string what)
    {
        var until = DateTime.UtcNow.AddSeconds(30);
        while (!condition())
        {
            (DateTime.UtcNow < until).ShouldBeTrue(what);
            await Task.Delay(20, Cancellation);
        }
    }
}
