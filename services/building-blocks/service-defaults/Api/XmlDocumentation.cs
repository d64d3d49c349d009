using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SafeHarbor.ServiceDefaults.Api;

/// <summary>What the code's comments say, as text for people: from the files that the compiler writes beside the assemblies. Where a file is missing, nothing.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly ConcurrentDictionary<Assembly, IReadOnlyDictionary<string, XElement>> _members = new();

    public string? Of(Type type) => Summary(type.Assembly, $"T:{IdOf(type)}");

    /// <summary>A property without words of its own has those of the interface that it is from.</summary>
    public string? Of(PropertyInfo property) => Summary(property.DeclaringType!.Assembly, $"P:{IdOf(property.DeclaringType)}.{property.Name}")
        ?? property.DeclaringType.GetInterfaces().Select(from => from.GetProperty(property.Name) is { } inherited ? Of(inherited) : null).FirstOrDefault(text => text is not null);

    public string? Of(FieldInfo field) => Summary(field.DeclaringType!.Assembly, $"F:{IdOf(field.DeclaringType)}.{field.Name}");

    public string? Of(MethodInfo method) => Text(Of(method.DeclaringType!, method.Name)?.Element("summary"));

    /// <summary>What a method's comment says of a parameter.</summary>
    public string? Of(MethodInfo method, string parameter) =>
        Text(Of(method.DeclaringType!, method.Name)?.Elements("param").FirstOrDefault(p => (string?)p.Attribute("name") == parameter));

    // A handler has no overloads.
    private XElement? Of(Type type, string method) => MembersOf(type.Assembly) is var all && $"M:{IdOf(type)}.{method}" is var id
        ? all.GetValueOrDefault(id) ?? all.FirstOrDefault(m => m.Key.StartsWith($"{id}(", StringComparison.Ordinal)).Value
        : null;

    private string? Summary(Assembly assembly, string id) => Text(MembersOf(assembly).GetValueOrDefault(id)?.Element("summary"));

    private static string IdOf(Type type) => (type.IsGenericType ? type.GetGenericTypeDefinition() : type).FullName!.Replace('+', '.');

    private IReadOnlyDictionary<string, XElement> MembersOf(Assembly assembly) => _members.GetOrAdd(assembly, static one =>
    {
        var file = Path.ChangeExtension(one.Location, ".xml");
        return File.Exists(file) ? XDocument.Load(file).Descendants("member").ToDictionary(m => (string)m.Attribute("name")!) : new Dictionary<string, XElement>();
    });

    private static string? Text(XElement? element) =>
        element is not null && Blanks().Replace(string.Concat(element.Nodes().Select(Part)), " ").Trim() is { Length: > 0 } text ? text : null;

    private static string Part(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
        XElement { Name.LocalName: "paramref" } parameter => $"`{Wire((string)parameter.Attribute("name")!)}`",
        XElement { Name.LocalName: "see" } see => $"`{Wire((string?)see.Attribute("cref") ?? (string)see.Attribute("langword")!)}`",
        XElement element => string.Concat(element.Nodes().Select(Part)),
        _ => "",
    };

    // "T:A.B.Codes" is Codes; a member or a parameter is called as JSON calls it.
    private static string Wire(string reference) => reference.Split('(')[0].Split('.')[^1] is var name && reference.StartsWith("T:", StringComparison.Ordinal)
        ? name
        : JsonNamingPolicy.CamelCase.ConvertName(name);

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
