using SafeHarbor.Ledger.Verification;

namespace SafeHarbor.Ledger.Tests;

/// <summary>Whoever has the whole database server changes something: it is found, and named.</summary>
public sealed class VerificationTests : IAsyncLifetime
{
    private TestLedger _ledger = null!;

    /// <summary>Ten entries, linked; checkpoints at 1, 4, 7 and 10.</summary>
    public async ValueTask InitializeAsync()
    {
        _ledger = await TestLedger.CreateAsync(checkpointEvery: 3);
        for (var i = 0; i < 10; i++)
        {
            await _ledger.AddAsync(1);
            await _ledger.LinkAllAsync();
        }
    }

    public ValueTask DisposeAsync() => _ledger.DisposeAsync();

    [Fact]
    public async Task What_nobody_touched_is_sound_and_what_is_not_linked_yet_is_counted()
    {
        await _ledger.AddAsync(2);

        var result = await _ledger.VerifyAsync();

        result.ShouldBeSound(linked: 10);
        (result.NotYetLinked, result.Checkpoints, result.Position).ShouldBe((2, 4, 10));
    }

    [Theory]
    [InlineData("at = at + interval '1 microsecond'")]
    [InlineData("action = 'report.refused'")]
    [InlineData("organization = 'county:06059'")]
    [InlineData("subject = null")]
    [InlineData("report_id = gen_random_uuid()")]
    [InlineData("about = ''")]
    [InlineData("tier = 'T1'")]
    [InlineData("grant_id = gen_random_uuid()")]
    [InlineData("reporter_identity = false")]
    [InlineData("purpose = 'emergency  response'")]
    [InlineData("facts = '{\"n\":1}'")]
    public async Task A_changed_entry_is_named_whatever_was_changed(string change)
    {
        await _ledger.TamperAsync($"update ledger set {change} where entry_id = 5");

        (await FindAsync()).ShouldBe([(FindingKind.ChangedEntry, 5, 5)]);
    }

    [Fact]
    public async Task The_newest_entry_changed_is_named_too()
    {
        await _ledger.TamperAsync("update ledger set subject = 'nobody' where entry_id = 10");

        (await FindAsync()).ShouldBe([(FindingKind.ChangedEntry, 10, 10)]);
    }

    [Fact]
    public async Task A_removed_entry_is_named()
    {
        await _ledger.TamperAsync("delete from ledger where entry_id in (3, 4)");

        (await FindAsync()).ShouldBe([(FindingKind.RemovedEntry, 3, 3), (FindingKind.RemovedEntry, 4, 4)]);
    }

    [Fact]
    public async Task An_entry_removed_with_its_link_leaves_a_hole()
    {
        await _ledger.TamperAsync("delete from ledger where entry_id = 3; delete from ledger_links where entry_id = 3");

        (await FindAsync()).ShouldBe([(FindingKind.RemovedLink, null, 3)]);
    }

    [Fact]
    public async Task A_hole_that_is_closed_breaks_the_chain_behind_it()
    {
        await _ledger.TamperAsync("delete from ledger where entry_id = 3; delete from ledger_links where entry_id = 3; update ledger_links set position = position - 1 where position in (4); update ledger_links set position = position - 1 where position > 4");

        var found = await FindAsync();

        found.ShouldContain((FindingKind.ChangedEntry, 4, 3));
        found.ShouldContain((FindingKind.CutOffChain, null, 10));
    }

    [Fact]
    public async Task An_inserted_entry_is_named()
    {
        await _ledger.TamperAsync("insert into ledger (entry_id, at, action) overriding system value values (999, now(), 'report.read')");

        (await FindAsync()).ShouldBe([(FindingKind.InsertedEntry, 999, null)]);
    }

    [Fact]
    public async Task Entries_that_changed_places_are_named()
    {
        await _ledger.TamperAsync("update ledger_links set entry_id = case entry_id when 4 then -6 else -4 end where entry_id in (4, 6); update ledger_links set entry_id = -entry_id where entry_id < 0");

        (await FindAsync()).ShouldBe([(FindingKind.ReorderedEntry, 4, 4), (FindingKind.ReorderedEntry, 6, 6)]);
    }

    [Fact]
    public async Task A_changed_link_is_told_from_a_changed_entry()
    {
        await _ledger.TamperAsync("update ledger_links set hash = sha256('x') where position = 5");

        (await FindAsync()).ShouldBe([(FindingKind.ChangedLink, 5, 5)]);
    }

    [Fact]
    public async Task A_false_checkpoint_is_found()
    {
        await _ledger.TamperAsync("update ledger_checkpoints set at = at + interval '1 hour' where position = 4; update ledger_checkpoints set key_id = 'other' where position = 7");

        (await FindAsync()).ShouldBe([(FindingKind.FalseSignature, null, 4), (FindingKind.UnknownKey, null, 7)]);
    }

    [Fact]
    public async Task A_chain_that_is_cut_off_behind_a_checkpoint_is_found()
    {
        await _ledger.TamperAsync("delete from ledger where entry_id > 8; delete from ledger_links where entry_id > 8");

        (await FindAsync()).ShouldBe([(FindingKind.CutOffChain, null, 10)]);
    }

    [Fact]
    public async Task A_checkpoint_that_was_kept_elsewhere_finds_what_was_cut_off_together_with_its_checkpoint()
    {
        var before = await _ledger.VerifyAsync();
        await _ledger.TamperAsync("delete from ledger where entry_id > 8; delete from ledger_links where entry_id > 8; delete from ledger_checkpoints where position > 8");

        (await _ledger.VerifyAsync()).IsSound.ShouldBeTrue("from the inside nothing can be seen");
        var result = await _ledger.VerifyAsync(new KeptCheckpoint(before.Position, Convert.FromHexString(before.Hash)));

        result.Findings.ShouldHaveSingleItem().Kind.ShouldBe(FindingKind.CutOffChain);
    }

    [Fact]
    public async Task A_chain_that_is_written_anew_does_not_fit_what_was_signed()
    {
        await _ledger.TamperAsync("delete from ledger_links; update ledger set subject = 'nobody' where entry_id = 5; insert into ledger_unlinked select entry_id from ledger");
        await _ledger.LinkAllAsync();

        var result = await _ledger.VerifyAsync();

        result.Findings.Select(f => (f.Kind, f.Position)).ShouldBe([(FindingKind.RewrittenChain, 7), (FindingKind.RewrittenChain, 10)]);
        result.Findings[0].Text.ShouldContain("between positions 5 and 7");
    }

    [Fact]
    public async Task What_is_removed_before_it_was_linked_is_named()
    {
        var waiting = await _ledger.AddAsync(1);
        await _ledger.TamperAsync($"delete from ledger where entry_id = {waiting[0]}");

        (await FindAsync()).ShouldBe([(FindingKind.RemovedEntry, waiting[0], null)]);
    }

    private async Task<IEnumerable<(FindingKind, long?, long?)>> FindAsync()
    {
        var result = await _ledger.VerifyAsync();
        result.IsSound.ShouldBeFalse();
        return result.Findings.Select(f => (f.Kind, f.EntryId, f.Position));
    }
}

internal static class VerificationAssertions
{
    public static void ShouldBeSound(this VerificationResult result, long linked)
    {
        result.Findings.ShouldBeEmpty();
        result.IsSound.ShouldBeTrue();
        result.Linked.ShouldBe(linked);
    }
}
