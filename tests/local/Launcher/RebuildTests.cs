using System.Diagnostics;
using System.Globalization;
using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>The script at the root, in an empty tree and with a <c>dotnet</c> that only notes what it is asked.</summary>
public sealed class RebuildTests : IDisposable
{
    private readonly string _tree = Directory.CreateTempSubdirectory("safeharbor-").FullName;

    public RebuildTests()
    {
        foreach (var directory in new[] { "contracts", "services/intake", "states", "deploy/local", "docs", "artifacts/bin/SafeHarbor.Local/release", "path" })
            Directory.CreateDirectory(Path.Combine(_tree, directory));
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "docs/access.md", "services/intake/Program.cs", Launcher })
            File.WriteAllText(Path.Combine(_tree, file), "");
        File.Copy(Path.Combine(Checkout.Find().Root, "safeharbor"), Path.Combine(_tree, "safeharbor"));
        Executable("path/dotnet", """
            #!/bin/sh
            echo "$@" >> asked
            """);
    }

    [Fact]
    public async Task An_unchanged_tree_is_not_built_again()
    {
        await RunAsync();
        await RunAsync();

        (await AskedAsync()).Count(line => line.StartsWith("build", StringComparison.Ordinal)).ShouldBe(1);
        (await AskedAsync()).Count(line => line == $"{Launcher} status --json").ShouldBe(2);
    }

    [Theory]
    [InlineData("services/intake/Program.cs")]
    [InlineData("services/intake/New.cs")]
    [InlineData("Directory.Packages.props")]
    [InlineData("docs/access.md")]
    public async Task A_changed_file_is_built(string file)
    {
        await RunAsync();
        await File.WriteAllTextAsync(Path.Combine(_tree, file), "changed", TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(Path.Combine(_tree, file), DateTime.UtcNow.AddSeconds(2));
        await RunAsync();

        (await AskedAsync()).Count(line => line.StartsWith("build", StringComparison.Ordinal)).ShouldBe(2);
    }

    [Fact]
    public async Task After_a_build_that_failed_the_next_run_builds_again()
    {
        Executable("path/dotnet", """
            #!/bin/sh
            echo "$@" >> asked
            exit 1
            """);
        (await RunAsync()).Exit.ShouldBe(1);
        (await RunAsync()).Exit.ShouldBe(1);

        (await AskedAsync()).Length.ShouldBe(2);
        Noted().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_built_and_how_far_it_is_is_told_beside_the_verbs_own_output()
    {
        Executable("path/dotnet", """
            #!/bin/sh
            case "$1" in build) echo "SafeHarbor.Intake -> there" ;; *) echo TOKEN ;; esac
            """);

        var (_, output, errors) = await RunAsync();

        output.ShouldBe("TOKEN\n");
        errors.ShouldContain("for the first time: 1 to 4 minutes");
        errors.ShouldContain("SafeHarbor.Intake -> there");
        (await RunAsync()).Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_build_that_takes_its_time_is_told_to_go_on_where_no_terminal_shows_it()
    {
        Executable("path/sleep", """
            #!/bin/sh
            echo nap >> naps
            """);
        Executable("path/dotnet", """
            #!/bin/sh
            case "$1" in build) until [ -e naps ] && [ "$(wc -l < naps)" -gt 2 ]; do /bin/sleep 0.05; done ;; esac
            """);

        (await RunAsync()).Errors.ShouldContain("Still building after 15 s ...\nStill building after 30 s ...\n");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Whoever_tells_that_a_build_goes_on_ends_with_it(int exit)
    {
        Executable("path/sleep", """
            #!/bin/sh
            echo $$ > nap
            exec /bin/sleep 600
            """);
        Executable("path/dotnet", $"""
            #!/bin/sh
            until [ -s nap ]; do /bin/sleep 0.05; done
            exit {exit}
            """);

        (await RunAsync()).Exit.ShouldBe(exit);

        var nap = RecordedProcess.Of(int.Parse(await File.ReadAllTextAsync(Path.Combine(_tree, "nap"), TestContext.Current.CancellationToken), CultureInfo.InvariantCulture));
        while (nap.IsRunning)
            await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_build_that_is_interrupted_leaves_nothing_behind()
    {
        Executable("path/dotnet", """
            #!/bin/sh
            kill -INT $PPID
            exit 1
            """);

        (await RunAsync()).Exit.ShouldBe(130);

        Noted().ShouldBeEmpty();
    }

    public void Dispose() => Directory.Delete(_tree, recursive: true);

    private const string Launcher = "artifacts/bin/SafeHarbor.Local/release/SafeHarbor.Local.dll";

    private async Task<(int Exit, string Output, string Errors)> RunAsync()
    {
        var start = FromTerminal.Start("/bin/sh", Path.Combine(_tree, "safeharbor"), "status", "--json");
        start.Environment["PATH"] = $"{Path.Combine(_tree, "path")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await errors);
    }

    private IEnumerable<string?> Noted() => Directory.GetFileSystemEntries(Path.Combine(_tree, ".local")).Select(Path.GetFileName);

    private Task<string[]> AskedAsync() => File.ReadAllLinesAsync(Path.Combine(_tree, "asked"), TestContext.Current.CancellationToken);

    private void Executable(string file, string content)
    {
        File.WriteAllText(Path.Combine(_tree, file), content + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_tree, file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
