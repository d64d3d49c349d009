using System.Collections.Frozen;

namespace SafeHarbor.Documentation;

/// <summary>The files of <c>docs</c>, as they were when this was built, by their paths in there.</summary>
internal static class Documents
{
    private const string Root = "docs/";

    /// <summary>The paths: <c>integrate/county.md</c>.</summary>
    public static FrozenSet<string> Paths { get; } = typeof(Documents).Assembly.GetManifestResourceNames().Where(name => name.StartsWith(Root, StringComparison.Ordinal))
        .Select(name => name[Root.Length..].Replace('\\', '/')).ToFrozenSet();

    /// <summary>A document's text, or null when there is none at the path.</summary>
    public static string? Read(string path)
    {
        if (!Paths.Contains(path))
            return null;
        using var text = new StreamReader(typeof(Documents).Assembly.GetManifestResourceStream(Root + path)!);
        return text.ReadToEnd();
    }
}
