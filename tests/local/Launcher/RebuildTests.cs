using System.Diagnostics;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>The script at the root, in an empty tree and with a <c>dotnet</c> that only notes what it is asked.</summary>
public sealed class RebuildTests : IDisposable
{
    private readonly string _tree = Directory.CreateTempSubdirectory("safeharbor-").FullName;

    public RebuildTests()
    {
        foreach (var directory in new[] { "contracts", "services/intake", "deploy/local", "artifacts/bin/SafeHarbor.Local/release", "path" })
            Directory.CreateDirectory(Path.Combine(_tree, directory));
        foreach (var file in new[] { "Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props", "global.json", "services/intake/Program.cs", Launcher })
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
        (await RunAsync()).ShouldBe(1);
        (await RunAsync()).ShouldBe(1);

        (await AskedAsync()).Length.ShouldBe(2);
    }

    public void Dispose() => Directory.Delete(_tree, recursive: true);

    private const string Launcher = "artifacts/bin/SafeHarbor.Local/release/SafeHarbor.Local.dll";

    private async Task<int> RunAsync()
    {
        var start = new ProcessStartInfo("/bin/sh", [Path.Combine(_tree, "safeharbor"), "status", "--json"]);
        start.Environment["PATH"] = $"{Path.Combine(_tree, "path")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode;
    }

    private Task<string[]> AskedAsync() => File.ReadAllLinesAsync(Path.Combine(_tree, "asked"), TestContext.Current.CancellationToken);

    private void Executable(string file, string content)
    {
        File.WriteAllText(Path.Combine(_tree, file), content + "\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path.Combine(_tree, file), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
