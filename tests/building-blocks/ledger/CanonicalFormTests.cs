using System.Security.Cryptography;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Tests;

/// <summary>The canonical form never changes: what was once linked must be verifiable for ever, by any program (docs/ledger.md has this example).</summary>
public sealed class CanonicalFormTests
{
    private static readonly LedgerEntry Full = new()
    {
        EntryId = 7,
        At = new DateTimeOffset(2026, 11, 20, 23, 10, 0, TimeSpan.FromHours(-8)).AddMicroseconds(1),
        Action = "report.read",
        Organization = "county:06037",
        Subject = "Zoë",
        ReportId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        Tier = "COUNTY",
        ReporterIdentity = true,
        Facts = "{\"n\": 1}",
    };

    private const string Form = "01"
        + "00000008" + "0000000000000007"
        + "00000008" + "000660C40C828201"
        + "0000000B" + "7265706F72742E72656164"
        + "0000000C" + "636F756E74793A3036303337"
        + "00000004" + "5A6FC3AB"
        + "00000010" + "00112233445566778899AABBCCDDEEFF"
        + "FFFFFFFF"
        + "00000006" + "434F554E5459"
        + "FFFFFFFF"
        + "00000001" + "01"
        + "FFFFFFFF"
        + "00000008" + "7B226E223A20317D";

    [Fact]
    public void An_entry_has_these_bytes() => Convert.ToHexString(new ChainHash().CanonicalForm(Full)).ShouldBe(Form);

    [Fact]
    public void The_hash_is_over_the_one_before_and_these_bytes() =>
        new ChainHash().Of(ChainHash.Beginning, Full).ShouldBe(SHA256.HashData([.. new byte[32], .. Convert.FromHexString(Form)]));

    [Fact]
    public void What_is_absent_is_not_what_is_empty() =>
        new ChainHash().CanonicalForm(new() { Subject = "" }).ShouldNotBe(new ChainHash().CanonicalForm(new()));
}
