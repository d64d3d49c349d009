using System.Xml.Linq;

namespace SafeHarbor.Local.Testing;

/// <summary>
/// Which projects a changed file touches: the one that it belongs to, those that take it in from elsewhere (<c>Compile Include="../…"</c>) or read it when
/// they run (<c>TestsRead</c>, with <c>**</c> for all below), and all that refer to one of these.
/// </summary>
internal sealed class ProjectGraph
{
    private readonly List<Node> _projects;

    private ProjectGraph(List<Node> projects) => _projects = projects;

    /// <summary>A project. All paths are relative to the root; a directory's ends with a slash, the root's is empty.</summary>
    private sealed record Node(string Name, string Path, string Directory, IReadOnlyList<string> References, IReadOnlyList<string> Elsewhere)
    {
        public bool Uses(string file) => Elsewhere.Any(one => one.EndsWith('/') || one.Length == 0 ? file.StartsWith(one, StringComparison.Ordinal) : file == one);
    }

    public static ProjectGraph Read(string root)
    {
        string[] top = ["contracts", "services", "clients", "deploy", "tests"];
        var files = top.Select(name => Path.Combine(root, name)).Where(Directory.Exists)
            .SelectMany(directory => Directory.GetFiles(directory, "*.csproj", SearchOption.AllDirectories));
        return new([.. files.Select(file => Read(root, file))]);
    }

    /// <summary>The names of the projects that these files touch.</summary>
    /// <param name="files">Paths relative to the root.</param>
    public IReadOnlySet<string> TouchedBy(IEnumerable<string> files)
    {
        var touched = new HashSet<string>();
        foreach (var file in files)
        {
            var owner = _projects.Where(project => file.StartsWith(project.Directory, StringComparison.Ordinal)).MaxBy(project => project.Directory.Length);
            var users = _projects.Where(project => project.Uses(file)).ToList();
            // What nobody owns (build settings, package versions) may matter to all; a text matters to those who say that they read it.
            if (owner is null && users.All(user => user.Elsewhere.Contains("")) && !file.EndsWith(".md", StringComparison.Ordinal))
                return _projects.Select(project => project.Name).ToHashSet();
            foreach (var project in owner is null ? users : users.Prepend(owner))
                touched.Add(project.Path);
        }
        while (_projects.Where(project => !touched.Contains(project.Path) && project.References.Any(touched.Contains)).ToList() is { Count: > 0 } more)
            touched.UnionWith(more.Select(project => project.Path));
        return _projects.Where(project => touched.Contains(project.Path)).Select(project => project.Name).ToHashSet();
    }

    private static Node Read(string root, string file)
    {
        var project = XDocument.Load(file);
        var directory = Path.GetDirectoryName(file)!;
        var below = Relative(directory) + "/";
        return new(
            Path.GetFileNameWithoutExtension(file),
            Relative(file),
            below,
            [.. Included("ProjectReference").Select(include => Relative(Path.Combine(directory, include)))],
            [
                .. ((string[])["Compile", "EmbeddedResource", "Content", "None", "AdditionalFiles"]).SelectMany(Included)
                    .Concat(project.Descendants("TestsRead").SelectMany(element => Split(element.Value)))
                    .Where(include => include.StartsWith("..", StringComparison.Ordinal))
                    .Select(include => include.EndsWith("**", StringComparison.Ordinal) ? Below(Path.Combine(directory, include[..^2])) : Relative(Path.Combine(directory, include))),
            ]);

        IEnumerable<string> Included(string item) => project.Descendants(item)
            .SelectMany(element => Split(element.Attribute("Include")?.Value ?? ""));
        static IEnumerable<string> Split(string list) =>
            list.Replace('\\', '/').Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        string Relative(string path) => Path.GetRelativePath(root, Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))).Replace('\\', '/');
        string Below(string path) => Relative(path) is var relative and not "." ? relative + "/" : "";
    }
}
