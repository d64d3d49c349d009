using System.Globalization;
using System.Text;
using SafeHarbor.Ledger.Verification;

namespace SafeHarbor.Local.Verbs;

/// <summary>What a verification found, for people.</summary>
internal static class VerificationText
{
    public static string Of(VerificationResult result, TimeSpan took)
    {
        var text = new StringBuilder();
        text.AppendLine(CultureInfo.InvariantCulture, $"{result.Ledger,-16}{(result.IsSound ? "sound" : $"{result.FindingCount} findings"),-14}{result.Linked} entries linked, {result.NotYetLinked} not yet, "
            + $"{result.Checkpoints} checkpoints, {took.TotalSeconds:0.0} s; ends at {result.Position}:{result.Hash}");
        text.AppendLine(CultureInfo.InvariantCulture, $"  {Witnessed(result)}");
        foreach (var finding in result.Findings)
            text.AppendLine(CultureInfo.InvariantCulture, $"  {finding.Text}");
        if (result.FindingCount > result.Findings.Count)
            text.AppendLine(CultureInfo.InvariantCulture, $"  ... and {result.FindingCount - result.Findings.Count} more.");
        return text.ToString();
    }

    private static string Witnessed(VerificationResult result)
    {
        if (result.WitnessedUntil is not { } until)
            return "WARNING: it was held against no witness. Whoever has this database may have cut off its end, or written it anew, unseen: give what a witness kept, with --witness (docs/ledger.md).";
        return $"held against {string.Join(", ", result.Witnesses.Select(Of))}; what was written in the last {(result.VerifiedAt - until).TotalSeconds:0} s, since {until.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z, could be cut off unseen";
    }

    private static string Of(HeardWitness witness) => $"{witness.Witness} (until position {witness.Position}{(witness.StampedBy is { } stamp ? $", stamped by {stamp}" : "")})";
}
