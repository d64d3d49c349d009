using System.Diagnostics;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Servers;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>A checkout of a test's own with what is built in the real one, so that the developer's own installation is left alone.</summary>
public sealed class OwnCheckout : IAsyncDisposable
{
    private static readonly string Real = Checkout.Find().Root;
    private readonly Lifeline? _lifeline;

    public OwnCheckout()
    {
        var launcher = Path.GetDirectoryName(Checkout.Find().BuiltAssembly("SafeHarbor.Local"))!;
        File.WriteAllText(PathOf("SafeHarbor.sln"), "");
        // A copy, because the launcher works for the checkout that it lies in; of the services their own directories do.
        Copy(launcher, PathOf(Path.GetRelativePath(Real, launcher)));
        foreach (var service in ServiceKind.All)
            Directory.CreateSymbolicLink(PathOf($"artifacts/bin/{service.Project}"), Path.Combine(Real, "artifacts/bin", service.Project));
        File.WriteAllText(PathOf("safeharbor"), $"exec '{DotnetHost.Path}' '{Launcher}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(PathOf("safeharbor"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        _lifeline = Lifeline.Start([$"cd '{Root}'", "sh ./safeharbor down --wipe", FoundServer.RemoveCommand(Root)]);
    }

    public string Root { get; } = Directory.CreateTempSubdirectory("safeharbor-").FullName;

    /// <summary>The launcher's program that works for it.</summary>
    public string Launcher => new Checkout(Root).BuiltAssembly("SafeHarbor.Local");

    public string PathOf(string path) => Path.Combine(Root, path);

    /// <summary>Types it into one shell, which stops at the first line that fails, and after five minutes.</summary>
    public async Task<string> TypeAsync(params string[] blocks)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var start = new ProcessStartInfo("/bin/sh", ["-eu", "-c", string.Join('\n', blocks)]) { WorkingDirectory = Root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;
        var output = shell.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = shell.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await shell.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            shell.Kill(entireProcessTree: true);
        }
        shell.ExitCode.ShouldBe(0, $"{await output}\n{await errors}");
        return await output;
    }

    public async ValueTask DisposeAsync()
    {
        await TypeAsync("./safeharbor down --wipe");
        _lifeline?.Dispose();
        Directory.Delete(Root, recursive: true);
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.GetDirectories(from))
            Copy(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
