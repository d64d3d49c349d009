using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using SafeHarbor.Ledger.Chain;
using SafeHarbor.Ledger.Verification;

namespace SafeHarbor.Ledger.Witnesses.Outside;

/// <summary>
/// Has each checkpoint stamped by a time-stamp authority (RFC 3161), which keeps nothing: checkpoint and stamp are written into a directory outside, <c>LEDGER-POSITION-TIME.json</c> and
/// <c>.tsr</c>. The stamp says when this was the end of the chain, whatever has become of the key that signed it.
/// </summary>
internal sealed class TimestampWitness(Uri authority, string directory, TimeSpan every) : IOutsideWitness, IDisposable
{
    private static readonly MediaTypeHeaderValue Query = new("application/timestamp-query");

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { Timeout = TimeSpan.FromSeconds(30) };

    public string Name => "timestamp";

    public TimeSpan Every => every;

    public async Task KeepAsync(SignedCheckpoint checkpoint, CancellationToken cancellation)
    {
        var request = Rfc3161TimestampRequest.CreateFromData(checkpoint.SignedText, HashAlgorithmName.SHA256, nonce: RandomNumberGenerator.GetBytes(8), requestSignerCertificates: true);
        using var content = new ByteArrayContent(request.Encode()) { Headers = { ContentType = Query } };
        using var answer = await _http.PostAsync(authority, content, cancellation);
        answer.EnsureSuccessStatusCode();
        // It throws at what is not the answer to this request, by its nonce and its hash.
        var token = request.ProcessResponse(await answer.Content.ReadAsByteArrayAsync(cancellation), out _);
        var name = Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{checkpoint.Ledger}-{checkpoint.Position}-{checkpoint.At.UtcDateTime:yyyyMMdd'T'HHmmssffffff}"));
        await File.WriteAllBytesAsync(name + WitnessFiles.StampSuffix, token.AsSignedCms().Encode(), cancellation);
        await new FileWitness(name + WitnessFiles.CheckpointSuffix, every).KeepAsync(checkpoint, cancellation);
    }

    public void Dispose() => _http.Dispose();
}
