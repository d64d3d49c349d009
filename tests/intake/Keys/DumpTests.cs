using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace SafeHarbor.Intake.Tests.Keys;

/// <summary>The service as a process of its own, started where core files are wanted: it leaves none.</summary>
public sealed class DumpTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("safeharbor-dump-").FullName;
    private TestIntake _intake = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Assembly => Path.Combine(AppContext.BaseDirectory, "SafeHarbor.Intake.dll");

    private string AddressFile => Path.Combine(_folder, "address");

    public async ValueTask InitializeAsync() => _intake = await TestIntake.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _intake.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Staging")]
    public async Task A_service_that_has_sealed_and_crashes_leaves_no_core_file_where_others_leave_one(string environment)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Core files are looked for on Linux.");
        using var unprotected = Start("exec sleep 60", []);
        await CrashAsync(unprotected);
        Assert.SkipWhen(Cores().Length == 0, "This machine writes no core file into the working directory (core_pattern), so that none shows nothing.");
        Array.ForEach(Cores(), File.Delete);

        using var service = Start($"exec dotnet '{Assembly}'", new(_intake.Environment) { ["ASPNETCORE_ENVIRONMENT"] = environment, ["PublicAddress"] = "https://intake.example", ["SafeHarbor__AddressFile"] = AddressFile });
        try
        {
            await ReportAsync(service);
            var limit = (await File.ReadAllLinesAsync($"/proc/{service.Id}/limits", Cancellation)).Single(line => line.StartsWith("Max core file size", StringComparison.Ordinal));
            limit.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4].ShouldBe("0");
            // Outside development the process stays undumpable even where somebody raises the limit again.
            if (environment != "Development")
                await RunAsync("prlimit", "--core=unlimited:unlimited", $"--pid={service.Id}");
        }
        finally
        {
            await CrashAsync(service);
        }

        service.ExitCode.ShouldBe(128 + 31, "It ended by SIGSYS.");
        Cores().ShouldBeEmpty();
    }

    [Fact]
    public async Task Dumps_of_the_runtime_are_refused_outside_development()
    {
        using var service = Start($"exec dotnet '{Assembly}'", new(_intake.Environment)
        {
            ["ASPNETCORE_ENVIRONMENT"] = "Staging",
            ["PublicAddress"] = "https://intake.example",
            ["DOTNET_DbgEnableMiniDump"] = "1",
            ["DOTNET_DbgMiniDumpName"] = Path.Combine(_folder, "minidump"),
        });

        await EndAsync(service);
        var told = await File.ReadAllTextAsync(Path.Combine(_folder, "log"), Cancellation);

        service.ExitCode.ShouldNotBe(0);
        told.ShouldContain("DOTNET_DbgEnableMiniDump is set");
    }

    private string[] Cores() => Directory.GetFiles(_folder, "core*");

    private Process Start(string script, Dictionary<string, string> environment)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", $"ulimit -c unlimited; exec >log 2>&1 </dev/null; {script}"]) { WorkingDirectory = _folder };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private async Task ReportAsync(Process service)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        while (!File.Exists(AddressFile) || (await File.ReadAllTextAsync(AddressFile, limit.Token)).Length == 0)
        {
            service.HasExited.ShouldBeFalse();
            await Task.Delay(50, limit.Token);
        }
        using var http = new HttpClient { BaseAddress = new Uri((await File.ReadAllTextAsync(AddressFile, Cancellation)).Trim()) };
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/v1/encounters", UriKind.Relative)) { Content = JsonContent.Create(Sample.Encounter()) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _intake.Token($"le:{TestIntake.Agency}", "encounters.write"));
        using var answer = await http.SendAsync(request, Cancellation);
        ((int)answer.StatusCode).ShouldBe(201);
    }

    private static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        await EndAsync(process);
        process.ExitCode.ShouldBe(0);
    }

    // A signal that ends with a core and that the runtime leaves to the kernel; from SIGABRT and SIGSEGV it wants to save itself first.
    private static async Task CrashAsync(Process process)
    {
        await RunAsync("kill", "-SYS", $"{process.Id}");
        await EndAsync(process);
    }

    private static async Task EndAsync(Process process)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(TimeSpan.FromMinutes(1));
        await process.WaitForExitAsync(limit.Token);
    }
}
