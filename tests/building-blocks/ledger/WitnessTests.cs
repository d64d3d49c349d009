using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using SafeHarbor.Ledger.Verification;
using SafeHarbor.Ledger.Witnesses.Outside;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Ledger.Tests;

/// <summary>Whoever has the whole database server cuts off its ledger's end, with everything in the database that knew of it: a witness outside shows it.</summary>
public sealed class WitnessTests : IAsyncLifetime
{
    private const string LinkAnew = "delete from ledger_links where position > 60; insert into ledger_unlinked select entry_id from ledger where entry_id > 60; ";
    private TestLedger _ledger = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>A hundred entries, linked and told ten at a time: checkpoints at 10, 20, … 100.</summary>
    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync(checkpointEvery: 1);
        for (var i = 0; i < 10; i++)
        {
            await _ledger.AddAsync(10);
            await _ledger.LinkAndTellAsync();
        }
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task What_nobody_touched_is_sound_and_it_is_said_until_when_a_witness_knows_it()
    {
        var result = await VerifyAsync();

        result.ShouldBeSound(linked: 100);
        var witness = result.Witnesses.ShouldHaveSingleItem();
        (witness.Witness, witness.Checkpoints, witness.Position, witness.Until).ShouldBe((_ledger.WitnessFile, 10, 100, _ledger.Newest.At));
        result.WitnessedUntil.ShouldBe(_ledger.Newest.At);
        (await _ledger.VerifyAsync()).WitnessedUntil.ShouldBeNull("nobody was asked");
    }

    [Fact]
    public async Task The_last_fifty_entries_removed_with_their_links_and_checkpoints_are_missed()
    {
        await _ledger.TamperAsync("delete from ledger where entry_id > 50; delete from ledger_links where position > 50; delete from ledger_checkpoints where position > 50");

        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue("from the inside nothing can be seen");
        var found = await FindAsync();
        found.Count(f => f.Kind == FindingKind.MissingCheckpoint).ShouldBe(5);
        found.Last(f => f.Kind == FindingKind.CutOffChain).Text.ShouldBe($"The chain ends at position 50, before the checkpoint at position 100 that {_ledger.WitnessFile} kept: its last 50 entries were removed.");
    }

    [Fact]
    public async Task All_checkpoints_removed_are_missed_though_the_chain_is_whole()
    {
        await _ledger.TamperAsync("delete from ledger_checkpoints");

        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue("from the inside nothing can be seen");
        (await FindAsync()).Select(f => (f.Kind, f.Position)).ShouldBe(Enumerable.Range(1, 10).Select(i => (FindingKind.MissingCheckpoint, (long?)(10 * i))));
    }

    [Fact]
    public async Task A_tail_that_is_written_anew_without_the_newer_checkpoints_is_not_the_one_that_was_told()
    {
        await _ledger.TamperAsync($"update ledger set subject = 'nobody' where entry_id = 70; delete from ledger_checkpoints where position > 60; {LinkAnew}");
        await _ledger.LinkAllAsync();

        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue("the service itself has linked and signed it anew");
        (await FindAsync()).Where(f => f.Kind == FindingKind.RewrittenChain).Select(f => f.Position).ShouldBe([70, 80, 90, 100]);
    }

    [Fact]
    public async Task A_checkpoint_covers_what_was_linked_within_a_second_and_five_entries_that_are_removed_then_are_missed()
    {
        await using var ledger = await TestLedger.CreateAsync(checkpointEvery: 1000, checkpointSeconds: 1);
        await ledger.AddAsync(20);
        using var running = ledger.NewChainer();
        await running.StartAsync(Cancellation);
        await UntilSignedAsync(ledger, 20);
        await ledger.AddAsync(5);
        await UntilSignedAsync(ledger, 25);
        await running.StopAsync(Cancellation);
        await ledger.LinkAndTellAsync();

        await ledger.TamperAsync("delete from ledger where entry_id > 20; delete from ledger_links where position > 20; delete from ledger_checkpoints where position > 20");

        (await ledger.VerifyAsync()).IsSound.ShouldBeTrue("from the inside nothing can be seen");
        (await ledger.VerifyAsync(WitnessFiles.Read(ledger.WitnessFile))).Findings.ShouldContain(f => f.Kind == FindingKind.CutOffChain && f.Position == 25);
    }

    [Fact]
    public async Task The_end_of_a_chain_that_does_not_grow_is_told_again()
    {
        var before = _ledger.Newest;

        await _ledger.LinkAndTellAsync();

        (_ledger.Newest.Position, _ledger.Newest.Hash).ShouldBe((100, before.Hash));
        (await VerifyAsync()).WitnessedUntil!.Value.ShouldBeGreaterThan(before.At);
        (await _ledger.ScalarAsync("select count(*) from ledger_checkpoints")).ShouldBe(10, "it is no checkpoint more");
    }

    [Fact]
    public async Task What_the_ledger_has_not_signed_is_held_against_nobody_and_said()
    {
        var lines = await File.ReadAllLinesAsync(_ledger.WitnessFile, Cancellation);
        await File.WriteAllLinesAsync(_ledger.WitnessFile, [.. lines[..9], lines[9].Replace("\"position\":100", "\"position\":200", StringComparison.Ordinal)], Cancellation);

        (await FindAsync()).Select(f => (f.Kind, f.Position)).ShouldBe([(FindingKind.FalseWitness, 200)]);
    }

    [Fact]
    public async Task An_auditors_endpoint_gets_each_checkpoint_and_one_that_refuses_keeps_nothing()
    {
        await using var auditor = Listen(out var address, async context =>
        {
            context.Request.Headers.Authorization.ToString().ShouldBe("Bearer secret");
            using var body = new StreamReader(context.Request.Body);
            await File.AppendAllTextAsync(_ledger.WitnessFile + ".auditor", await body.ReadToEndAsync(Cancellation) + "\n", Cancellation);
        });
        using var witness = new EndpointWitness(new(address), "secret", TimeSpan.Zero);

        await witness.KeepAsync(_ledger.Newest, Cancellation);

        (await _ledger.VerifyAsync(WitnessFiles.Read(_ledger.WitnessFile + ".auditor"))).Witnesses.ShouldHaveSingleItem().Position.ShouldBe(100);
        await using var refusing = Listen(out var other, context =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        using var refused = new EndpointWitness(new(other), null, TimeSpan.Zero);
        await Should.ThrowAsync<HttpRequestException>(() => refused.KeepAsync(_ledger.Newest, Cancellation));
    }

    [Fact]
    public async Task A_time_stamp_authority_says_when_it_was_the_end_and_its_stamp_fits_no_other_checkpoint()
    {
        var authority = await StampingAuthority.CreateAsync(Path.GetDirectoryName(_ledger.WitnessFile)!, Cancellation);
        await using var listening = Listen(out var address, authority.AnswerAsync);
        var kept = Directory.CreateDirectory(_ledger.WitnessFile + ".stamps").FullName;
        using var witness = new TimestampWitness(new(address), kept, TimeSpan.Zero);

        await witness.KeepAsync(_ledger.Newest, Cancellation);

        var result = await _ledger.VerifyAsync(WitnessFiles.Read(kept));
        result.ShouldBeSound(linked: 100);
        result.Witnesses.ShouldHaveSingleItem().StampedBy!.ShouldStartWith("CN=Test authority at ");
        await _ledger.AddAsync(1);
        await _ledger.LinkAllAsync();
        var stamp = Directory.GetFiles(kept, "*.tsr").ShouldHaveSingleItem();
        await new FileWitness(Path.ChangeExtension(stamp, ".json"), TimeSpan.Zero).KeepAsync(_ledger.Newest, Cancellation);
        (await _ledger.VerifyAsync(WitnessFiles.Read(kept))).Findings.ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.FalseWitness);
    }

    [Theory]
    [InlineData("Ledger:Witnesses:File", "/nowhere/at/all", "cannot be appended to")]
    [InlineData("Ledger:Witnesses:Endpoint", "ftp://auditor.example", "give https://")]
    [InlineData("Ledger:Witnesses:TimestampAuthority", "https://stamps.example", "name a directory outside")]
    public void A_witness_that_cannot_be_used_stops_the_start(string setting, string value, string reason) =>
        Should.Throw<StartRefusedException>(() => new OutsideSettings(TestLedger.Configuration((setting, value)), TestLedger.Production).Check()).Message.ShouldContain(reason);

    private Task<VerificationResult> VerifyAsync() => _ledger.VerifyAsync(WitnessFiles.Read(_ledger.WitnessFile));

    private async Task<IReadOnlyList<Finding>> FindAsync()
    {
        var result = await VerifyAsync();
        result.IsSound.ShouldBeFalse();
        return result.Findings;
    }

    private static async Task UntilSignedAsync(TestLedger ledger, long position)
    {
        for (var waited = Stopwatch.StartNew(); await ledger.ScalarAsync("select coalesce(max(position), 0) from ledger_checkpoints") < position; await Task.Delay(20, Cancellation))
            waited.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    private static WebApplication Listen(out string address, RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Run(answer);
        app.StartAsync(Cancellation).GetAwaiter().GetResult();
        address = app.Urls.Single();
        return app;
    }
}
