using System.Text.RegularExpressions;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>One installation for all documents that can be typed; each of them starts it, and the first does.</summary>
[CollectionDefinition]
public sealed partial class OneInstallation : ICollectionFixture<OwnCheckout>
{
    /// <summary>What a document tells its reader to type, block by block.</summary>
    public static string[] ShellBlocksOf(string document) =>
        [.. ShellBlocks().Matches(File.ReadAllText(Path.Combine(Checkout.Find().Root, document))).Select(block => block.Groups[1].Value)];

    [GeneratedRegex("^```sh\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ShellBlocks();
}
