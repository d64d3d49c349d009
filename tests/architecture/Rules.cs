using System.Reflection;
using System.Text.RegularExpressions;

namespace SafeHarbor.Architecture.Tests;

/// <summary>The rules, as functions that say what breaks them; each is held against the system and against something that breaks it.</summary>
internal static class Rules
{
    private static readonly string[] Services = ["SafeHarbor.Intake", "SafeHarbor.CountyRouting", "SafeHarbor.Notification", "SafeHarbor.CaseServices"];

    /// <summary>Services reference building blocks and contracts, never each other.</summary>
    public static IEnumerable<string> ServicesThatReferenceAService(string name, IEnumerable<string> references) =>
        references.Where(r => r != name && Services.Contains(r)).Select(r => $"{name} references {r}");

    /// <summary>Contracts reference nothing but the framework.</summary>
    public static IEnumerable<string> ReferencesBeyondTheFramework(string name, IEnumerable<string> references) =>
        references.Where(r => !r.StartsWith("System.", StringComparison.Ordinal) && r != "System" && r != "netstandard").Select(r => $"{name} references {r}");

    /// <summary>Domain types know neither Entity Framework nor MassTransit nor HTTP: by every type in their members' signatures.</summary>
    public static IEnumerable<string> DomainTypesThatKnowInfrastructure(IEnumerable<Type> domain) =>
        from type in domain
        from used in Signatures(type)
        let ns = used.Namespace ?? ""
        where ns.StartsWith("MassTransit", StringComparison.Ordinal) || ns.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            || ns.StartsWith("Npgsql", StringComparison.Ordinal) || ns.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal)
        select $"{type} uses {used}";

    /// <summary>Organizations, counties and roles are types of contracts on events and in sagas and rows: they are parsed at the door, and text nowhere behind it.</summary>
    public static IEnumerable<string> OrganizationsCountiesAndRolesAsText(IEnumerable<Type> holders) =>
        from type in holders
        from member in type.GetProperties()
        where member.PropertyType == typeof(string) && Regex.IsMatch(member.Name, "(Organization|Responder|Reviewer|Role|Fips)$")
        select $"{type.Name}.{member.Name} is text";

    /// <summary>Names that say nothing.</summary>
    public static IEnumerable<string> NamesThatSayNothing(IEnumerable<Type> types) =>
        from type in types
        where new[] { "Helper", "Helpers", "Util", "Utils", "Common", "Manager" }.Any(n => type.Name.EndsWith(n, StringComparison.Ordinal) || (type.Namespace ?? "").Split('.').Contains(n))
        select type.ToString();

    /// <summary>Bytes that somebody outside may try to guess are compared in constant time; a name of a key is no such thing.</summary>
    public static IEnumerable<string> ComparisonsThatTakeLongerTheMoreIsRight(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        where source.Text.Contains(".SequenceEqual(", StringComparison.Ordinal) && !source.Text.Contains("SequenceEqual(keyId)", StringComparison.Ordinal)
        select $"{source.File} uses SequenceEqual: CryptographicOperations.FixedTimeEquals compares what must not be guessed.";

    /// <summary>Services give out no files and start no programs: no path and no argument that somebody sends can become one.</summary>
    public static IEnumerable<string> FilesGivenOutAndProgramsStarted(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from call in new[] { "UseStaticFiles", "MapStaticAssets", "PhysicalFile", "SendFileAsync", "Results.File(", "Process.Start(", "UseDeveloperExceptionPage" }
        where source.Text.Contains(call, StringComparison.Ordinal)
        select $"{source.File} calls {call}";

    /// <summary>Migrations are <c>NNNN_name.sql</c>, numbered from <paramref name="first"/> without a gap.</summary>
    public static IEnumerable<string> MigrationsOutOfOrder(int first, IEnumerable<string> files) =>
        from numbered in files.Order(StringComparer.Ordinal).Select((file, i) => (Name: file, Number: first + i))
        where !Regex.IsMatch(numbered.Name, $@"^{numbered.Number:0000}_[a-z_]+\.sql$")
        select $"{numbered.Name} should be {numbered.Number:0000}_name.sql";

    /// <summary>Row-level security guards every table that migrations create, but those that are <paramref name="open"/>.</summary>
    public static IEnumerable<string> TablesWithoutAGuard(string sql, params IEnumerable<string> open) =>
        from table in Regex.Matches(sql, @"^create table (\w+) \(", RegexOptions.Multiline).Select(match => match.Groups[1].Value)
        where !open.Contains(table) && !sql.Contains($"guard('{table}'", StringComparison.Ordinal)
        select $"{table} has no guard";

    /// <summary>States are compared with <c>UPPER_SNAKE</c> words in SQL.</summary>
    public static IEnumerable<string> StatesNotInCapitals(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from word in Regex.Matches(source.Text, @"\b(current_)?state\s+(=|<>|[a-z ]*default)\s+'(?<word>[^'{]*[a-z][^'{]*)'")
        select $"{source.File} says {word.Groups["word"].Value}";

    private static IEnumerable<Type> Signatures(Type type)
    {
        const BindingFlags all = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        var own = new[] { type.BaseType }.Concat(type.GetInterfaces())
            .Concat(type.GetFields(all).Select(f => f.FieldType))
            .Concat(type.GetProperties(all).Select(p => p.PropertyType))
            .Concat(type.GetMethods(all).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
            .Concat(type.GetConstructors(all).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)));
        return own.OfType<Type>().SelectMany(t => t.IsGenericType ? t.GetGenericArguments().Append(t) : [t]).Distinct();
    }
}
