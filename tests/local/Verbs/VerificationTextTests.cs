using SafeHarbor.Ledger.Verification;
using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Verbs;

/// <summary>What a person is told of a verified ledger.</summary>
public sealed class VerificationTextTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 7, 10, 30, TimeSpan.Zero);

    [Fact]
    public void Without_a_witness_it_is_said_that_a_cut_could_not_be_seen() =>
        VerificationText.Of(Sound([]), TimeSpan.FromSeconds(1)).ShouldContain("WARNING: it was held against no witness.");

    [Fact]
    public void With_witnesses_it_is_said_who_they_are_and_since_when_a_cut_would_not_be_seen()
    {
        var text = VerificationText.Of(Sound([new("notification", 7, 41, Now.AddSeconds(-20), null), new("stamps", 2, 40, Now.AddSeconds(-300), "CN=Authority")]), TimeSpan.FromSeconds(1));

        text.ShouldContain("held against notification (until position 41), stamps (until position 40, stamped by CN=Authority)");
        text.ShouldContain("what was written in the last 20 s, since 2026-11-21 07:10:10Z, could be cut off unseen");
        text.ShouldNotContain("WARNING");
    }

    private static VerificationResult Sound(IReadOnlyList<HeardWitness> witnesses) => new("intake", 41, 0, 7, 41, new('0', 64), witnesses, Now, [], 0);
}
