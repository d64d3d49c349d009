using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace SafeHarbor.Ledger.Tests;

/// <summary>A time-stamp authority: openssl's.</summary>
internal sealed class StampingAuthority
{
    private readonly string _folder;

    private StampingAuthority(string folder) => _folder = folder;

    public static async Task<StampingAuthority> CreateAsync(string folder, CancellationToken cancellation)
    {
        var authority = new StampingAuthority(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "tsa.cnf"), """
            [tsa]
            default_tsa = own
            [own]
            serial = tsa.serial
            signer_cert = tsa.pem
            signer_key = tsa.key
            certs = tsa.pem
            signer_digest = sha256
            default_policy = 1.2.3.4.1
            digests = sha256
            ess_cert_id_alg = sha256
            """, cancellation);
        await authority.RunAsync(["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "tsa.key", "-out", "tsa.pem", "-days", "2", "-subj", "/CN=Test authority", "-addext", "extendedKeyUsage=critical,timeStamping"], cancellation);
        return authority;
    }

    public async Task AnswerAsync(HttpContext context)
    {
        await using (var query = File.Create(Path.Combine(_folder, "query.tsq")))
            await context.Request.Body.CopyToAsync(query, context.RequestAborted);
        await RunAsync(["ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query.tsq", "-out", "reply.tsr"], context.RequestAborted);
        context.Response.ContentType = "application/timestamp-reply";
        await context.Response.SendFileAsync(Path.Combine(_folder, "reply.tsr"), context.RequestAborted);
    }

    private async Task RunAsync(string[] arguments, CancellationToken cancellation)
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", arguments) { WorkingDirectory = _folder, RedirectStandardError = true })!;
        var said = await openssl.StandardError.ReadToEndAsync(cancellation);
        await openssl.WaitForExitAsync(cancellation);
        openssl.ExitCode.ShouldBe(0, said);
    }
}
