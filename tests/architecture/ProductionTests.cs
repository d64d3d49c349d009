using System.Diagnostics;
using System.Security.Cryptography;

namespace SafeHarbor.Architecture.Tests;

/// <summary>The services as processes in Production, with what belongs to development: each ends before it listens and says why.</summary>
public sealed class ProductionTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("safeharbor-test-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("SafeHarbor.Intake")]
    [InlineData("SafeHarbor.CountyRouting")]
    [InlineData("SafeHarbor.Notification")]
    [InlineData("SafeHarbor.CaseServices")]
    public async Task No_service_starts_with_sample_data(string service) =>
        await RefusedAsync(service, "SafeHarbor:SampleData", ("SafeHarbor__SampleData", "true"));

    [Fact]
    public async Task None_starts_with_the_passwords_of_the_compose_file() =>
        await RefusedAsync("SafeHarbor.Intake", "a password that everybody knows", ("ConnectionStrings__Database", "Host=127.0.0.1;Port=1;Username=x;Password=development"));

    [Fact]
    public async Task None_starts_with_development_keys_for_tokens() =>
        await RefusedAsync("SafeHarbor.Intake", "Authentication:DevelopmentKeyFile", ("Authentication__DevelopmentKeyFile", Path.Combine(_folder.FullName, "token.pem")));

    [Fact]
    public async Task None_starts_with_a_secret_in_its_settings_file()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder.FullName, "appsettings.json"), """{"Partner":{"Token":"canary-secret"}}""", Cancellation);

        var said = await RefusedAsync("SafeHarbor.Notification", "Partner:Token in appsettings.json");

        said.ShouldNotContain("canary-secret");
    }

    [Fact]
    public async Task What_is_quoted_in_the_log_cannot_write_an_entry_of_its_own()
    {
        const string forged = "2026-11-26T10:00:00.000Z info: SafeHarbor[0] All is well";
        await File.WriteAllTextAsync(
            Path.Combine(_folder.FullName, "appsettings.json"), $$$"""{"x\r\n{{{forged.Replace(":", ".", StringComparison.Ordinal)}}}\u001b[2J":{"Token":"canary-secret"}}""", Cancellation);

        var said = await RefusedAsync("SafeHarbor.Intake", "All is well");

        var logged = said.Split("Unhandled exception")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        logged.ShouldAllBe(line => !line.StartsWith("2026-11-26T10.00.00", StringComparison.Ordinal) && !line.Any(char.IsControl));
        logged.ShouldContain(line => line.Contains("All is well", StringComparison.Ordinal) && line.Contains("\\u001B[2J", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_documents_for_developers_are_neither_there_nor_loaded()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux tells what a process has loaded.");
        var signingKey = Path.Combine(_folder.FullName, "ledger.pem");
        using (var key = ECDsa.Create(ECCurve.NamedCurves.nistP256))
            await File.WriteAllTextAsync(signingKey, key.ExportECPrivateKeyPem(), Cancellation);
        using var process = await StartAsync("SafeHarbor.CaseServices", Convert.ToHexString(RandomNumberGenerator.GetBytes(16)), ("Ledger__SigningKeyFile", signingKey));
        try
        {
            var address = await ListensAtAsync(process);
            using var http = new HttpClient();
            foreach (var path in new[] { "/docs/", "/docs/reference/" })
                using (var answer = await http.GetAsync(new Uri(address, path), Cancellation))
                    (await answer.Content.ReadAsStringAsync(Cancellation)).ShouldContain("no-such-route");
            using (var page = await http.GetAsync(new Uri(address, "/problems/no-such-route"), Cancellation))
                page.IsSuccessStatusCode.ShouldBeTrue();

            var loaded = await File.ReadAllTextAsync($"/proc/{process.Id}/maps", Cancellation);
            loaded.ShouldContain("SafeHarbor.ServiceDefaults.dll");
            new[] { "SafeHarbor.Documentation.dll", "Markdig.dll", "Scalar.AspNetCore.dll" }.ShouldAllBe(assembly => !loaded.Contains(assembly, StringComparison.Ordinal));
        }
        finally
        {
            process.Kill();
        }
    }

    private async Task<string> RefusedAsync(string service, string says, params (string Name, string Value)[] settings)
    {
        var password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        using var process = await StartAsync(service, password, settings);
        var output = process.StandardOutput.ReadToEndAsync(Cancellation);
        var errors = process.StandardError.ReadToEndAsync(Cancellation);
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            await process.WaitForExitAsync(limit.Token);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }

        var said = await output + await errors;
        process.ExitCode.ShouldNotBe(0);
        said.ShouldContain(says);
        said.ShouldNotContain("listens at");
        said.ShouldNotContain(password);
        return said;
    }

    private static async Task<Uri> ListensAtAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            if (line.Split(" listens at ") is [_, var address])
                return new(address);
        }
        throw new InvalidOperationException($"It has ended: {await process.StandardError.ReadToEndAsync(Cancellation)}");
    }

    private async Task<Process> StartAsync(string service, string password, params (string Name, string Value)[] settings)
    {
        var keyFile = Path.Combine(_folder.FullName, "sealing.key");
        await File.WriteAllTextAsync(keyFile, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)), Cancellation);
        var start = new ProcessStartInfo(Environment.ProcessPath!.EndsWith("dotnet", StringComparison.Ordinal) ? Environment.ProcessPath : "dotnet")
        {
            // Where appsettings.json is looked for.
            WorkingDirectory = _folder.FullName,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, $"{service}.dll"));
        var environment = new Dictionary<string, string>
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Production",
            ["ASPNETCORE_URLS"] = "http://127.0.0.1:0",
            ["Authentication__Authority"] = "https://issuer.example",
            ["PublicAddress"] = "https://service.example",
            ["ConnectionStrings__Database"] = $"Host=127.0.0.1;Port=1;Username=x;Password={password}",
            ["ConnectionStrings__Keys"] = $"Host=127.0.0.1;Port=1;Username=x;Password={password}",
            ["ConnectionStrings__Broker"] = $"amqp://x:{password}@127.0.0.1:1/x",
            ["Sealing__KeyFile"] = keyFile,
            ["DOTNET_DbgEnableMiniDump"] = "0",
        };
        foreach (var (name, value) in environment.Concat(settings.ToDictionary(s => s.Name, s => s.Value)))
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
