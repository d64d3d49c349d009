using System.Globalization;
using System.Text;

namespace SafeHarbor.Ledger.Chain;

/// <summary>A ledger's signed statement that its chain ended so at that moment, for somebody who keeps it elsewhere.</summary>
/// <param name="Ledger">Whose ledger: a service's name, or <c>node-NAME</c>.</param>
/// <param name="Position">How many entries the chain had.</param>
/// <param name="Hash">Its last hash, hexadecimal; 64 zeros before the first entry.</param>
/// <param name="At">When it was signed.</param>
/// <param name="KeyId">Which key signed it.</param>
/// <param name="Signature">ECDSA P-256 with SHA-256, r and s, base64; over what docs/ledger.md says.</param>
public sealed record SignedCheckpoint(string Ledger, long Position, string Hash, DateTimeOffset At, string KeyId, string Signature)
{
    /// <summary>Text, so that anybody can check it with openssl. The ledger's name keeps a checkpoint of one from standing for another's.</summary>
    internal byte[] SignedText => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"safeharbor-ledger-checkpoint-v1\n{Ledger}\n{Position}\n{Hash}\n{Text(At)}\n"));

    /// <summary>What a witness signs: that it had this before it at that moment.</summary>
    internal byte[] WitnessedText(string witness, DateTimeOffset at) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
        $"safeharbor-ledger-witness-v1\n{witness}\n{Ledger}\n{Position}\n{Hash}\n{Text(At)}\n{Signature}\n{Text(at)}\n"));

    private static string Text(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffffZ", CultureInfo.InvariantCulture);
}
