using System.Diagnostics;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>CI's audit of packages, with a <c>dotnet</c> that answers as a package source would.</summary>
public sealed class AuditTests : IDisposable
{
    private const string Advisory = "echo '   > Some.Package   1.0.0   1.0.0   High   https://github.com/advisories/GHSA-aaaa-bbbb-cccc'";
    private readonly string _path = Directory.CreateTempSubdirectory("safeharbor-").FullName;

    public void Dispose() => Directory.Delete(_path, recursive: true);

    [Fact]
    public async Task A_known_vulnerability_fails()
    {
        var (exit, said) = await RunAsync(probe: Advisory, solution: Advisory);

        exit.ShouldBe(1);
        said.ShouldContain("Some.Package");
    }

    [Fact]
    public async Task Packages_of_which_nothing_is_known_pass()
    {
        var (exit, said) = await RunAsync(probe: Advisory, solution: "echo 'no vulnerable packages'");

        exit.ShouldBe(0);
        said.ShouldContain("No package in use has a known vulnerability.");
    }

    [Theory]
    [InlineData("echo 'no vulnerable packages'")]
    [InlineData("echo 'unreachable'; exit 1")]
    public async Task A_source_that_knows_nothing_is_not_taken_for_good_news(string probe)
    {
        var (exit, said) = await RunAsync(probe, solution: "echo 'no vulnerable packages'");
        var (strict, _) = await RunAsync(probe, solution: "echo 'no vulnerable packages'", required: "true");

        said.ShouldContain("NOT AUDITED");
        said.ShouldNotContain("No package in use");
        (exit, strict).ShouldBe((0, 1));
    }

    private async Task<(int Exit, string Said)> RunAsync(string probe, string solution, string required = "")
    {
        var dotnet = Path.Combine(_path, "dotnet");
        await File.WriteAllTextAsync(dotnet, $"#!/bin/sh\ncase \"$*\" in\nrestore*) ;;\n*Probe*) {probe} ;;\n*) {solution} ;;\nesac\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(dotnet, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var start = new ProcessStartInfo(Path.Combine(Checkout.Find().Root, ".ci", "audit")) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_path}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["AUDIT_REQUIRED"] = required;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output + await errors);
    }
}
