using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>The script that continuous integration checks formatting with, in a tree of one file.</summary>
public sealed class FormatTests : IDisposable
{
    private const string Tidy = """
        using System.Text;
        using System.Text.Json;
        using Alpha;
        using Alpha.Beta;

        namespace One;

        internal static class Two
        {
            public const int Three = 3;
        }

        """;

    private readonly string _tree = Directory.CreateTempSubdirectory("safeharbor-").FullName;

    public FormatTests()
    {
        var root = Checkout.Find().Root;
        Directory.CreateDirectory(Path.Combine(_tree, ".ci"));
        File.Copy(Path.Combine(root, ".ci", "format"), Path.Combine(_tree, ".ci", "format"));
        File.Copy(Path.Combine(root, ".editorconfig"), Path.Combine(_tree, ".editorconfig"));
    }

    [Theory]
    [InlineData("", "", true)]
    [InlineData("    public", "   public", false)]
    [InlineData("}\n", "}", false)]
    [InlineData("using Alpha;\nusing Alpha.Beta;", "using Alpha.Beta;\nusing Alpha;", false)]
    [InlineData("using System.Text.Json;\nusing Alpha;", "using Alpha;\nusing System.Text.Json;", false)]
    public async Task What_is_not_formatted_fails(string tidy, string instead, bool passes)
    {
        var text = tidy.Length == 0 ? Tidy : Tidy.Replace(tidy, instead, StringComparison.Ordinal);
        await File.WriteAllTextAsync(Path.Combine(_tree, "File.cs"), text, TestContext.Current.CancellationToken);

        var outcome = await Executables.RunAsync([Path.Combine(_tree, ".ci", "format")], TestContext.Current.CancellationToken);

        outcome.Succeeded.ShouldBe(passes, outcome.Everything);
    }

    public void Dispose() => Directory.Delete(_tree, recursive: true);
}
