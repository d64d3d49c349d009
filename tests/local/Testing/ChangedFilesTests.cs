using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Testing;

namespace SafeHarbor.Local.Tests.Testing;

/// <summary>What git says of a small repository.</summary>
public sealed class ChangedFilesTests : IAsyncLifetime
{
    private readonly string _repository = Directory.CreateTempSubdirectory("safeharbor-test-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await GitAsync("init", "--quiet", "--initial-branch", "main");
        Write("kept", "committed", "staged", "edited", "removed", "moved");
        Write((".gitignore", "ignored"));
        await CommitAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_repository, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Everything_that_differs_from_where_the_branch_began_is_found_and_nothing_that_main_did_since()
    {
        await GitAsync("switch", "--quiet", "--create", "work");
        Write(("committed", "anew"));
        await GitAsync("mv", "moved", "moved elsewhere");
        await CommitAsync();
        await GitAsync("switch", "--quiet", "main");
        Write(("kept", "anew"));
        await CommitAsync();
        await GitAsync("switch", "--quiet", "work");
        Write(("staged", "anew"));
        await GitAsync("add", "staged");
        Write(("edited", "anew"), ("unknown to git", ""), ("ignored", ""));
        File.Delete(Path.Combine(_repository, "removed"));

        (await ChangedFiles.FindAsync(_repository, Cancelled)).ShouldBe(
            ["committed", "edited", "moved", "moved elsewhere", "removed", "staged", "unknown to git"], ignoreOrder: true);
    }

    [Fact]
    public async Task Without_a_main_branch_it_says_so()
    {
        await GitAsync("branch", "--move", "main", "other");

        (await Should.ThrowAsync<FormatException>(ChangedFiles.FindAsync(_repository, Cancelled))).Message.ShouldContain("there is none");
    }

    private Task CommitAsync() => GitAsync("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--all", "--message", "Change");

    private async Task GitAsync(params string[] arguments)
    {
        if (arguments.Contains("commit"))
            await Executables.RunAsync(["git", "add", "--all"], Cancelled, workingDirectory: _repository);
        var outcome = await Executables.RunAsync(["git", .. arguments], Cancelled, workingDirectory: _repository);
        outcome.Succeeded.ShouldBeTrue(outcome.Everything);
    }

    private void Write(params string[] files) => Write([.. files.Select(file => (file, file))]);

    private void Write(params (string File, string Text)[] files)
    {
        foreach (var (file, text) in files)
            File.WriteAllText(Path.Combine(_repository, file), text);
    }
}
