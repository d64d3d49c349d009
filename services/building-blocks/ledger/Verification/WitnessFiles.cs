using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Text.Json;
using SafeHarbor.Ledger.Chain;

namespace SafeHarbor.Ledger.Verification;

/// <summary>What witnesses outside have kept in files: a checkpoint as JSON in each line, and stamps of a time-stamp authority beside files of one line.</summary>
public static class WitnessFiles
{
    /// <summary>How a file with stamped checkpoints ends.</summary>
    internal const string CheckpointSuffix = ".json";

    /// <summary>How the stamp beside it ends: a time-stamp token (RFC 3161), DER.</summary>
    internal const string StampSuffix = ".tsr";

    /// <summary>Reads a file, or every file of a directory.</summary>
    /// <exception cref="FormatException">It is not there, or holds something else.</exception>
    public static Testimony Read(string path)
    {
        IReadOnlyList<string> files = Directory.Exists(path) ? [.. Directory.GetFiles(path).Where(file => !file.EndsWith(StampSuffix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
            : File.Exists(path) ? [path] : throw new FormatException($"'{path}' is not there: name a witness's file or a directory of such files.");
        return new([.. files.SelectMany(file => Read(file, path))], []);
    }

    private static IEnumerable<Statement> Read(string file, string witness)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (line.Length == 0)
                continue;
            var statement = new Statement(witness, Parse(line) ?? throw new FormatException($"Line {number} of '{file}' is no checkpoint: every line is a JSON object as GET /v1/ledger/checkpoints shows it."));
            yield return Path.ChangeExtension(file, StampSuffix) is var stamp && stamp != file && File.Exists(stamp) ? Stamped(statement, stamp) : statement;
        }
    }

    private static SignedCheckpoint? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<SignedCheckpoint>(line, JsonSerializerOptions.Web) is { Ledger: not null, Hash.Length: 64, KeyId: not null, Signature: not null } found ? found : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Statement Stamped(Statement statement, string stamp)
    {
        try
        {
            return Rfc3161TimestampToken.TryDecode(File.ReadAllBytes(stamp), out var token, out _) && token.VerifySignatureForData(statement.Checkpoint.SignedText, out var signer)
                ? statement with { StampedBy = $"{signer.Subject} at {token.TokenInfo.Timestamp.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z" }
                : statement with { Wrong = $"the stamp {Path.GetFileName(stamp)} is not of this checkpoint" };
        }
        catch (CryptographicException)
        {
            return statement with { Wrong = $"the stamp {Path.GetFileName(stamp)} cannot be read" };
        }
    }
}
