using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace SafeHarbor.ServiceDefaults.Tests.Sealing;

/// <summary>
/// A key server of this process, over TLS, that answers as Vault's transit engine does: versions, associated data, errors for each item of a batch with
/// 400, a refused token, a sealed server. It really encrypts.
/// </summary>
internal sealed class TransitServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<int, byte[]> _versions = new() { [1] = RandomNumberGenerator.GetBytes(32) };

    private TransitServer(WebApplication app, string certificate) => (_app, Certificate) = (app, certificate);

    /// <summary>PEM of the certificate that the server shows.</summary>
    public string Certificate { get; }
    public Uri Address => new(_app.Urls.First());
    public string Token { get; set; } = "s.first";
    public bool IsSealed { get; set; }
    public TimeSpan Delay { get; set; }
    public string? Namespace { get; set; }
    public int MinimumVersion { get; set; } = 1;
    public ConcurrentQueue<string> Requests { get; } = new();

    public static async Task<TransitServer> StartAsync(CancellationToken cancellation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        var certificate = X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(certificate)));
        var server = new TransitServer(builder.Build(), made.ExportCertificatePem());
        server._app.Use(server.GuardAsync);
        server._app.MapGet("/v1/transit/keys/intake", server.Read);
        server._app.MapPost("/v1/transit/encrypt/intake", (JsonObject body) => Batch(body, server.Encrypt));
        server._app.MapPost("/v1/transit/decrypt/intake", (JsonObject body) => Batch(body, server.Decrypt));
        await server._app.StartAsync(cancellation);
        return server;
    }

    public void Rotate() => _versions[_versions.Count + 1] = RandomNumberGenerator.GetBytes(32);

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        Requests.Enqueue($"{context.Request.Method} {context.Request.Path}");
        await Task.Delay(Delay, context.RequestAborted);
        if (IsSealed)
            await RefuseAsync(context, 503, "Vault is sealed");
        else if (context.Request.Headers["X-Vault-Token"] != Token || (Namespace is not null && context.Request.Headers["X-Vault-Namespace"] != Namespace))
            await RefuseAsync(context, 403, "permission denied");
        else
            await next(context);
    }

    private static Task RefuseAsync(HttpContext context, int status, string error)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { errors = new[] { error } });
    }

    private IResult Read() => Results.Json(new
    {
        data = new { name = "intake", type = "aes256-gcm96", latest_version = _versions.Count, min_decryption_version = MinimumVersion, supports_encryption = true, supports_decryption = true },
    });

    private static IResult Batch(JsonObject body, Func<JsonNode, object> each)
    {
        if (body["batch_input"] is not JsonArray { Count: > 0 } batch)
            return Results.Json(new { errors = new[] { "missing batch input to process" } }, statusCode: 400);
        var failed = false;
        var results = batch.Select(item =>
        {
            try
            {
                return each(item!);
            }
            catch (Exception e) when (e is CryptographicException or FormatException or KeyNotFoundException or InvalidOperationException)
            {
                failed = true;
                return new { error = e is InvalidOperationException ? e.Message : "cipher: message authentication failed", reference = "" };
            }
        }).ToList();
        return Results.Json(new { request_id = Guid.NewGuid(), data = new { batch_results = results } }, statusCode: failed ? 400 : 200);
    }

    private object Encrypt(JsonNode item)
    {
        var version = _versions.Count;
        var plain = Convert.FromBase64String(item["plaintext"]!.GetValue<string>());
        var sealedText = new byte[12 + plain.Length + 16];
        RandomNumberGenerator.Fill(sealedText.AsSpan(0, 12));
        using var aes = new AesGcm(_versions[version], 16);
        aes.Encrypt(sealedText.AsSpan(0, 12), plain, sealedText.AsSpan(12, plain.Length), sealedText.AsSpan(12 + plain.Length), Associated(item));
        return new { ciphertext = $"vault:v{version}:{Convert.ToBase64String(sealedText)}", key_version = version, reference = "" };
    }

    private object Decrypt(JsonNode item)
    {
        var parts = item["ciphertext"]!.GetValue<string>().Split(':');
        if (parts is not ["vault", _, _] || !int.TryParse(parts[1][1..], out var version))
            throw new InvalidOperationException("invalid ciphertext: no prefix");
        if (version < MinimumVersion)
            throw new InvalidOperationException("ciphertext or signature version is disallowed by policy (too old)");
        var sealedText = Convert.FromBase64String(parts[2]);
        var plain = new byte[sealedText.Length - 28];
        using var aes = new AesGcm(_versions[version], 16);
        aes.Decrypt(sealedText.AsSpan(0, 12), sealedText.AsSpan(12, plain.Length), sealedText.AsSpan(12 + plain.Length), plain, Associated(item));
        return new { plaintext = Convert.ToBase64String(plain), reference = "" };
    }

    private static byte[] Associated(JsonNode item) => Convert.FromBase64String(item["associated_data"]?.GetValue<string>() ?? "");
}
