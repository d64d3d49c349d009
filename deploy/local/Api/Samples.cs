using System.Text.Json.Nodes;

namespace SafeHarbor.Local.Api;

/// <summary>Samples of what travels, <c>docs/schemas/samples/NAME/SAMPLE.json</c>: examples in documents, and what every later version must read.</summary>
internal static class Samples
{
    /// <summary>Where they are, relative to the working copy's root.</summary>
    public static string Folder => Path.Combine(SchemaFile.Folder, "samples");

    /// <summary>The samples of one schema, in the order of their names; none when there are none.</summary>
    public static IEnumerable<(string Name, JsonNode Payload)> Of(string root, string schema)
    {
        var folder = Path.Combine(root, Folder, schema);
        return Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Select(file => (Path.GetFileNameWithoutExtension(file), JsonNode.Parse(File.ReadAllText(file))!))
            : [];
    }
}
