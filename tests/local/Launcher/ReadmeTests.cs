using System.Diagnostics;
using System.Text.RegularExpressions;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>What README tells a newcomer to type, typed: in a checkout of its own, so that the developer's own installation is left alone.</summary>
public sealed partial class ReadmeTests : IAsyncDisposable
{
    private static readonly string Real = Checkout.Find().Root;
    private readonly string _checkout = Directory.CreateTempSubdirectory("safeharbor-").FullName;
    private readonly Lifeline? _lifeline;

    public ReadmeTests()
    {
        var launcher = Path.GetDirectoryName(Checkout.Find().BuiltAssembly("SafeHarbor.Local"))!;
        File.WriteAllText(InCheckout("SafeHarbor.sln"), "");
        // A copy, because the launcher works for the checkout that it lies in; of the services their own directories do.
        Copy(launcher, InCheckout(Path.GetRelativePath(Real, launcher)));
        foreach (var service in ServiceKind.All)
            Directory.CreateSymbolicLink(InCheckout($"artifacts/bin/{service.Project}"), Path.Combine(Real, "artifacts/bin", service.Project));
        File.WriteAllText(InCheckout("safeharbor"), $"exec '{DotnetHost.Path}' '{InCheckout(Path.GetRelativePath(Real, launcher))}/SafeHarbor.Local.dll' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(InCheckout("safeharbor"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _lifeline = Lifeline.Start([$"cd '{_checkout}'", "sh ./safeharbor down --wipe", FoundServer.RemoveCommand(_checkout)]);
    }

    [Fact]
    public async Task The_walk_in_the_readme_can_be_typed_on_any_day_and_again_and_the_verbs_about_it_answer()
    {
        var walk = ShellBlocks().Matches(await File.ReadAllTextAsync(Path.Combine(Real, "README.md"), TestContext.Current.CancellationToken)).Select(block => block.Groups[1].Value).ToArray();
        walk[0].ShouldBe("./safeharbor up --detach\n");
        await TypeAsync(walk[0]);

        foreach (var age in new[] { "15", "14" })
        {
            var said = await TypeAsync([.. walk[1..].Select(block => block.Replace("\"approximateAge\": 15", $"\"approximateAge\": {age}", StringComparison.Ordinal))]);

            said.ShouldContain("\"status\": \"ROUTED\"");
            said.ShouldContain("\"overdue\": false");
            said.ShouldNotContain("\"overdue\": true");
            said.ShouldContain("handoff.opened");
            said.ShouldContain("\"state\": \"ACCEPTED\"");
        }
        var verbs = await TypeAsync("./safeharbor status", "./safeharbor parked list", "./safeharbor ledger verify", "./safeharbor keys status");
        verbs.ShouldContain("parked messages 0");
        verbs.ShouldContain("Nothing is parked");
    }

    public async ValueTask DisposeAsync()
    {
        await TypeAsync("./safeharbor down --wipe");
        _lifeline?.Dispose();
        Directory.Delete(_checkout, recursive: true);
    }

    /// <summary>Types it into one shell, which stops at the first line that fails.</summary>
    private async Task<string> TypeAsync(params string[] blocks)
    {
        var start = new ProcessStartInfo("/bin/sh", ["-eu", "-c", string.Join('\n', blocks)]) { WorkingDirectory = _checkout, RedirectStandardOutput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = shell.StandardError.ReadToEndAsync(CancellationToken.None);
        await shell.WaitForExitAsync(CancellationToken.None);
        shell.ExitCode.ShouldBe(0, $"{await output}\n{await errors}");
        return await output;
    }

    private string InCheckout(string path) => Path.Combine(_checkout, path);

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlocks();
}
