using System.Text.Json.Nodes;
using SafeHarbor.Local.Processes;
using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Api;

/// <summary>What ./safeharbor api writes, refuses and finds, in a small repository with one schema and one sample.</summary>
public sealed class CommittedSchemasTests : IAsyncLifetime
{
    private readonly string _repository = Directory.CreateTempSubdirectory("safeharbor-test-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    private string Schema => Path.Combine(_repository, "docs", "schemas", "thing.done.v1.json");

    private string Sample => Path.Combine(_repository, "docs", "schemas", "samples", "thing.done.v1", "full.json");

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Sample)!);
        await File.WriteAllTextAsync(Schema, Of("id", "name").ToJsonString(), Cancelled);
        await File.WriteAllTextAsync(Sample, "{}", Cancelled);
        await GitAsync("init", "--quiet", "--initial-branch", "main");
        await CommitAsync();
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(_repository, recursive: true);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_only_adds_is_written()
    {
        await WriteAsync(Of("id", "name", "more"));

        (await File.ReadAllTextAsync(Schema, Cancelled)).ShouldContain("more");
        await ApiVerb.CheckAsync(_repository, "HEAD", Cancelled);
    }

    [Fact]
    public async Task What_breaks_is_refused_with_what_to_do_and_nothing_is_written()
    {
        var refused = await Should.ThrowAsync<FormatException>(WriteAsync(Of("id")));

        refused.Message.ShouldContain("thing.done.v1: /name is gone");
        refused.Message.ShouldContain("Make a new version");
        (await File.ReadAllTextAsync(Schema, Cancelled)).ShouldContain("name");
    }

    [Fact]
    public async Task A_message_that_is_no_more_is_a_break() =>
        (await Should.ThrowAsync<FormatException>(ApiVerb.WriteAsync(_repository, new(new Dictionary<string, string>(), [], []), mayBreak: false, Cancelled)))
            .Message.ShouldContain("thing.done.v1: the schema is gone");

    [Fact]
    public async Task A_break_that_is_stated_is_written_and_found_no_more_and_another_one_is()
    {
        await WriteAsync(Of("id"), mayBreak: true);
        await CommitAsync();

        await ApiVerb.CheckAsync(_repository, "HEAD~1", Cancelled);
        await File.WriteAllTextAsync(Schema, Of().ToJsonString(), Cancelled);
        (await Should.ThrowAsync<FormatException>(ApiVerb.CheckAsync(_repository, "HEAD~1", Cancelled))).Message.ShouldNotContain("/name");
    }

    [Fact]
    public async Task What_was_changed_by_hand_is_found()
    {
        await File.WriteAllTextAsync(Schema, Of("id").ToJsonString(), Cancelled);
        await CommitAsync();

        await Should.ThrowAsync<FormatException>(ApiVerb.CheckAsync(_repository, "HEAD~1", Cancelled));
    }

    [Fact]
    public async Task A_sample_that_is_there_stays_as_it_is_and_more_may_come()
    {
        await File.WriteAllTextAsync(Path.Combine(Path.GetDirectoryName(Sample)!, "another.json"), "{}", Cancelled);
        await CommitAsync();
        await ApiVerb.CheckAsync(_repository, "HEAD~1", Cancelled);

        File.Delete(Sample);

        (await Should.ThrowAsync<FormatException>(ApiVerb.CheckAsync(_repository, "HEAD", Cancelled))).Message.ShouldContain("thing.done.v1/full.json: the sample has changed");
    }

    [Fact]
    public async Task A_commit_that_git_does_not_know_is_an_error_that_says_what_to_do() =>
        (await Should.ThrowAsync<FormatException>(ApiVerb.CheckAsync(_repository, "v9", Cancelled))).Message.ShouldContain("name another commit");

    private Task WriteAsync(JsonObject schema, bool mayBreak = false) =>
        ApiVerb.WriteAsync(_repository, new(new Dictionary<string, string>(), [new("thing.done.v1", schema)], []), mayBreak, Cancelled);

    private static JsonObject Of(params string[] members) => new()
    {
        ["type"] = "object",
        ["properties"] = new JsonObject(members.Select(member => KeyValuePair.Create(member, (JsonNode?)new JsonObject { ["type"] = "string" }))),
    };

    private async Task CommitAsync()
    {
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=Test", "-c", "user.email=test@example.org", "commit", "--quiet", "--message", "Change");
    }

    private async Task GitAsync(params string[] arguments) =>
        (await Executables.RunAsync(["git", .. arguments], Cancelled, workingDirectory: _repository)).Succeeded.ShouldBeTrue(arguments[0]);
}
