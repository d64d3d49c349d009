namespace SafeHarbor.Messaging.Storage;

/// <summary>SQL files that are embedded in an assembly, found by the folder of a type.</summary>
internal static class SqlFiles
{
    /// <summary>Those in the folder of the type's namespace, without <c>.sql</c> in their names.</summary>
    public static IEnumerable<(string Name, string Sql)> Beside(Type type)
    {
        var folder = $"{type.Namespace}.";
        foreach (var resource in type.Assembly.GetManifestResourceNames())
        {
            if (!resource.StartsWith(folder, StringComparison.Ordinal) || Path.GetExtension(resource) != ".sql")
                continue;
            using var reader = new StreamReader(type.Assembly.GetManifestResourceStream(resource)!);
            yield return (resource[folder.Length..^".sql".Length], reader.ReadToEnd());
        }
    }
}
