using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.Architecture.Tests;

/// <summary>What the OpenAPI documents are made from, and what they must hold; each rule finds what breaks it.</summary>
internal static partial class ApiRules
{
    /// <summary>Texts whose comment says that they are one of a list's codes, and that have no <see cref="CodeOfAttribute"/> of that list.</summary>
    public static IEnumerable<string> CodesWithoutTheirList(IEnumerable<(string Id, string Comment)> comments, IReadOnlyCollection<Type> types) =>
        from comment in comments
        where comment.Id.StartsWith("P:", StringComparison.Ordinal) && OneOf().Match(comment.Comment) is { Success: true }
        let list = OneOf().Match(comment.Comment).Groups["list"].Value
        let property = PropertyOf(comment.Id[2..], types)
        where property?.PropertyType == typeof(string) && AttributesOf(property).All(codes => codes.List.FullName != list)
        select comment.Id;

    /// <summary>Codes that some member may hold, and of which no comment says what they mean.</summary>
    public static IEnumerable<string> CodesWithoutMeaning(IReadOnlySet<string> comments, IEnumerable<Type> types) =>
        (from type in types
         from property in type.GetProperties()
         from codes in AttributesOf(property)
         from code in codes.All
         let id = $"{(code.Member is FieldInfo ? "F" : "P")}:{code.Member.DeclaringType!.FullName!.Replace('+', '.')}.{code.Member.Name}"
         where !comments.Contains(id)
         select $"{codes.Name}: {code.Code}").Distinct();

    /// <summary>Problems that a service's code answers with by name, and that its document does not name.</summary>
    public static IEnumerable<string> UntoldProblems(IEnumerable<(string File, string Text)> sources, string document) =>
        from source in sources
        from problem in Named().Matches(source.Text)
        let name = problem.Groups["name"].Value
        where !document.Contains($"\"{name}\"", StringComparison.Ordinal)
        select $"{source.File}: {name}";

    /// <summary>Operations that a text leads to (<c>POST /v1/needs/{needId}/ask-again</c>), and that no document has. How a path's parameters are called does not matter.</summary>
    public static IEnumerable<string> StepsThatAreNotThere(IEnumerable<(string File, string Text)> texts, IEnumerable<JsonNode> documents)
    {
        var operations = documents.SelectMany(document => document["paths"]!.AsObject()).SelectMany(path => path.Value!.AsObject().Select(o => Unnamed($"{o.Key.ToUpperInvariant()} {path.Key}"))).ToHashSet();
        return from text in texts from Match step in Step().Matches(text.Text) where !operations.Contains(Unnamed(step.Value)) select $"{text.File}: {step.Value}";
    }

    private static string Unnamed(string operation) => PathParameter().Replace(operation, "{}");

    /// <summary>What is missing in a document: names, summaries, bodies' examples, meanings of scopes, descriptions of members and parameters.</summary>
    public static IEnumerable<string> Gaps(JsonNode document)
    {
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => (Name: $"{o.Key} {path.Key}", Operation: o.Value!))).ToList();
        foreach (var name in operations.GroupBy(o => (string?)o.Operation["operationId"]).Where(same => same.Key is null || same.Count() > 1))
            yield return $"{string.Join(", ", name.Select(o => o.Name))}: the operationId {name.Key}";
        foreach (var (name, operation) in operations)
        {
            if (string.IsNullOrEmpty((string?)operation["summary"]))
                yield return $"{name}: a summary";
            if (operation["requestBody"]?["content"]?["application/json"] is { } body && body["example"] is null)
                yield return $"{name}: an example";
            foreach (var parameter in operation["parameters"]?.AsArray().Where(p => p!["description"] is null) ?? [])
                yield return $"{name}: the description of {parameter!["name"]}";
        }
        foreach (var scope in document["components"]!["securitySchemes"]!["bearer"]!["flows"]!["clientCredentials"]!["scopes"]!.AsObject().Where(scope => string.IsNullOrEmpty((string?)scope.Value)))
            yield return $"what the scope {scope.Key} is for";
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
            foreach (var member in schema!["properties"]?.AsObject().Where(m => m.Value!["description"] is null) ?? [])
                yield return $"{name}.{member.Key}: a description";
    }

    /// <summary>Texts and lists of what may be sent to a service of which its document does not say how long they may be.</summary>
    public static IEnumerable<string> Endless(JsonNode document)
    {
        var schemas = document["components"]!["schemas"]!.AsObject();
        return from path in document["paths"]!.AsObject()
               from operation in path.Value!.AsObject()
               let body = operation.Value!["requestBody"]?["content"]?["application/json"]?["schema"]
               where body is not null
               from endless in Endless(body, schemas, $"{operation.Key} {path.Key}", [])
               select endless;
    }

    private static IEnumerable<string> Endless(JsonNode schema, JsonObject schemas, string at, IReadOnlyList<string> within)
    {
        if ((string?)schema["$ref"] is { } reference)
        {
            var name = reference[(reference.LastIndexOf('/') + 1)..];
            return within.Contains(name) ? [] : Endless(schemas[name]!, schemas, at, [.. within, name]);
        }
        var parts = new[] { "oneOf", "anyOf", "allOf" }.SelectMany(several => schema[several]?.AsArray() ?? []).SelectMany(part => Endless(part!, schemas, at, within))
            .Concat((schema["properties"]?.AsObject() ?? []).SelectMany(member => Endless(member.Value!, schemas, $"{at} {member.Key}", within)))
            .Concat(schema["items"] is { } items ? Endless(items, schemas, $"{at}[]", within) : []);
        var types = schema["type"] is JsonArray several ? [.. several.Select(type => (string?)type)] : new[] { (string?)schema["type"] };
        var isEndless = types.Contains("string") && schema["maxLength"] is null && schema["enum"] is null && (string?)schema["format"] is not ("uuid" or "date" or "date-time")
                && ((string?)schema["pattern"] is not { } pattern || Unbounded().IsMatch(pattern))
            || types.Contains("array") && schema["maxItems"] is null
            || schema["additionalProperties"] is JsonObject && schema["propertyNames"] is null && schema["maxProperties"] is null
            || types is [null] && schema["oneOf"] is null && schema["anyOf"] is null && schema["allOf"] is null && schema["enum"] is null;
        return isEndless ? parts.Prepend(at) : parts;
    }

    // A quantifier without an end, outside of a class of characters.
    [GeneratedRegex(@"(?<!\\)(?:[\])\w][*+]|\{\d+,\})")]
    private static partial Regex Unbounded();

    /// <summary>Members of a JSON Schema, and of its parts, of which it says nothing; and codes without their meanings.</summary>
    public static IEnumerable<string> Undescribed(JsonNode? schema, string at) => schema switch
    {
        JsonObject part =>
        [
            .. (part["properties"] as JsonObject ?? []).Where(member => string.IsNullOrEmpty((string?)member.Value!["description"])).Select(member => $"{at}: {member.Key}"),
            .. part.ContainsKey("enum") && (part["x-enum-descriptions"] as JsonArray ?? [""]).Any(meaning => string.IsNullOrEmpty((string?)meaning)) ? [$"{at}: the codes"] : Array.Empty<string>(),
            .. part.SelectMany(member => Undescribed(member.Value, $"{at}/{member.Key}")),
        ],
        JsonArray several => several.SelectMany(one => Undescribed(one, at)),
        _ => [],
    };

    /// <summary>Members and codes by which a child could be charged, or its immigration status be told: there is none. Legal help with immigration is a need.</summary>
    public static IEnumerable<string> Charging(JsonNode? schema) => schema switch
    {
        JsonObject part =>
        [
            .. (part["properties"] as JsonObject ?? []).Select(member => member.Key).Where(name => ChargingName().IsMatch(name)),
            .. (part["enum"] as JsonArray ?? []).Select(code => $"{code}").Where(code => code != NeedTypes.ImmigrationLegal && ChargingName().IsMatch(code)),
            .. part.SelectMany(member => Charging(member.Value)),
        ],
        JsonArray several => several.SelectMany(Charging),
        _ => [],
    };

    /// <summary>The comments of an assembly, as the compiler wrote them, by the id of what they are about.</summary>
    public static IEnumerable<(string Id, string Comment)> CommentsOf(Assembly assembly) =>
        XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")).Descendants("member").Select(m => ((string)m.Attribute("name")!, m.ToString()));

    private static PropertyInfo? PropertyOf(string id, IEnumerable<Type> types) => types.FirstOrDefault(type => type.FullName?.Replace('+', '.') == id[..id.LastIndexOf('.')])
        ?.GetProperty(id[(id.LastIndexOf('.') + 1)..]);

    private static IEnumerable<CodeOfAttribute> AttributesOf(PropertyInfo property) => property.GetCustomAttributes<CodeOfAttribute>().Concat(property.DeclaringType!.GetConstructors()
        .SelectMany(made => made.GetParameters()).Where(parameter => parameter.Name == property.Name).SelectMany(parameter => parameter.GetCustomAttributes<CodeOfAttribute>()));

    [GeneratedRegex("""[Oo]ne of <see cref="T:(?<list>SafeHarbor[^"]*)"\s*/>""", RegexOptions.ExplicitCapture)]
    private static partial Regex OneOf();

    [GeneratedRegex("arrest|charg|booking|convict|prostitut|immigra|citizen|nationalit|alien|visa", RegexOptions.IgnoreCase)]
    private static partial Regex ChargingName();

    [GeneratedRegex("(GET|POST|PUT|PATCH|DELETE) /v1/[A-Za-z0-9{}-]+(/[A-Za-z0-9{}-]+)*", RegexOptions.ExplicitCapture)]
    private static partial Regex Step();

    [GeneratedRegex(@"\{+[^}]*\}+")]
    private static partial Regex PathParameter();

    [GeneratedRegex("""Problem\.(?:(?:Conflict|Forbidden|Unprocessable)\(|Of\([^,()]*, )\s*"(?<name>[a-z-]+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Named();
}
