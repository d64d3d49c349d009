using System.Text.RegularExpressions;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Architecture.Tests;

/// <summary>No invented law, as functions that say what is: citations that nobody registered, entries that nobody uses, law in the strings of code.</summary>
internal static partial class LawRules
{
    /// <summary>Citations in a text, each in the form in which the register has it.</summary>
    public static IEnumerable<string> CitationsIn(string text) => Citation().Matches(text).Select(match => match.Value.Replace(". ", " ", StringComparison.Ordinal));

    /// <summary>What is cited is registered.</summary>
    public static IEnumerable<string> UnregisteredCitations(IEnumerable<(string File, string Text)> sources, LawRegister register)
    {
        var registered = register.Rules.Select(rule => rule.Citation).ToHashSet(StringComparer.Ordinal);
        return from source in sources
               from citation in CitationsIn(source.Text)
               where !registered.Contains(citation)
               select $"{source.File}: {citation}";
    }

    /// <summary>What is registered is used: something rests on it, a pack names it, or a text cites it.</summary>
    public static IEnumerable<string> UnusedRules(IEnumerable<(string File, string Text)> sources, LawRegister register)
    {
        var texts = sources.Select(source => source.Text).ToList();
        var cited = texts.SelectMany(CitationsIn).ToHashSet(StringComparer.Ordinal);
        var named = texts.SelectMany(text => NamedByPack().Matches(text)).Select(match => match.Groups["id"].Value).ToHashSet(StringComparer.Ordinal);
        return from rule in register.Rules
               where !cited.Contains(rule.Citation) && !register.Uses.Values.Any(ids => ids.Contains(rule.Id)) && !named.Contains(rule.Id)
               select rule.Id;
    }

    /// <summary>What packs name is registered.</summary>
    public static IEnumerable<string> UnknownRules(IEnumerable<(string File, string Text)> packs, LawRegister register) =>
        from pack in packs
        from named in NamedByPack().Matches(pack.Text)
        let id = named.Groups["id"].Value
        where register.Find(id) is null
        select $"{pack.File}: {id}";

    /// <summary>What people read of the law comes from the register: a citation in code is in a comment.</summary>
    public static IEnumerable<string> CitationsInCode(IEnumerable<(string File, string Text)> sources) =>
        from source in sources
        from line in source.Text.Split('\n')
        where CitationsIn(Comment().Replace(line, "")).Any()
        select $"{source.File}: {line.Trim()}";

    [GeneratedRegex(
        @"\b(PC|WIC|CCP|CRC|AB|SB|ACL|ACIN|Evid|Fam|Gov|HSC|USC)\b\.? \d+([.-]\d+)*(\([a-z0-9]+\))*|\b(Division|Div\.) 31\b(, 31-\d+)?|\bCANRA\b|\bPenal Code\b|\bWelfare and Institutions Code\b",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Citation();

    [GeneratedRegex("\\blaw\"?: *\"?(?<id>[a-z0-9-]+)")]
    private static partial Regex NamedByPack();

    [GeneratedRegex("//.*$")]
    private static partial Regex Comment();
}
