using System.CommandLine;
using System.Text.Json.Nodes;
using SafeHarbor.Local.Api;

namespace SafeHarbor.Local.Verbs;

/// <summary>Writes the documents that are made from the code: docs/api, docs/schemas, docs/asyncapi.json. Nothing has to run.</summary>
internal static class ApiVerb
{
    public static Command Create(Checkout checkout)
    {
        var breaking = new Option<bool>("--breaking") { Description = "Also schemas that break what relies on the last commit's; says so in docs/schemas/breaks.md." };
        var since = new Option<string?>("--since") { Description = "Writes nothing; fails when docs/schemas breaks what relied on this commit's, and does not say so.", HelpName = "commit" };
        var command = new Command("api", "Writes docs/api, docs/schemas and docs/asyncapi.json anew, from the code.") { breaking, since };
        command.SetAction(async (arguments, cancellationToken) =>
        {
            if (arguments.GetValue(since) is { } commit)
                await CheckAsync(checkout.Root, commit, cancellationToken);
            else
                await WriteAsync(checkout.Root, await WrittenDocuments.OfAsync(checkout, cancellationToken), arguments.GetValue(breaking), cancellationToken);
        });
        return command;
    }

    /// <summary>Writes the documents below a working copy's root, unless a schema breaks what relies on the last commit's.</summary>
    /// <exception cref="FormatException">One does, and that was not asked for; nothing is written. The message says what breaks, and what to do.</exception>
    internal static async Task WriteAsync(string root, WrittenDocuments written, bool mayBreak, CancellationToken cancellationToken)
    {
        var breaks = await new CommittedSchemas(root, "HEAD").BreaksAsync(written.Schemas.ToDictionary(s => s.Name, s => (JsonNode)s.Schema), cancellationToken);
        if (mayBreak)
            StatedBreaks.State(root, breaks);
        Refuse(root, breaks);
        foreach (var (file, text) in written.Files)
        {
            var path = Path.Combine(root, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, text, cancellationToken);
        }
    }

    /// <summary>Holds the working copy's schemas and samples against those of a commit.</summary>
    /// <exception cref="FormatException">They break something that nobody has stated; the message says what.</exception>
    internal static async Task CheckAsync(string root, string commit, CancellationToken cancellationToken)
    {
        var now = Directory.EnumerateFiles(Path.Combine(root, SchemaFile.Folder), "*.json").ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => JsonNode.Parse(File.ReadAllText(file))!);
        Refuse(root, await new CommittedSchemas(root, commit).BreaksAsync(now, cancellationToken));
    }

    private static void Refuse(string root, IEnumerable<string> breaks)
    {
        if (StatedBreaks.Unstated(root, breaks) is { Count: > 0 } unstated)
            throw new FormatException(
                $"""
                What others rely on would break:
                {string.Join('\n', unstated.Select(one => $"  {one}"))}
                Make a new version: a record of its own with the next name (v2), and keep what is there. Members that may be missing can be added to what is there.
                What no release has yet, ./safeharbor api --breaking changes, and says so in docs/schemas/breaks.md.
                """);
    }
}
