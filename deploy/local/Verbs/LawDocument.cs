using System.Globalization;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Local.Verbs;

/// <summary>docs/law.md of a state's law register.</summary>
internal static class LawDocument
{
    private static readonly (string Kind, string Title)[] Parts =
    [
        (RuleKinds.Statute, "Statutes"), (RuleKinds.Regulation, "Regulations and rules of court"), (RuleKinds.Protocol, "Protocols"), (RuleKinds.ProductDefault, "Ours"),
    ];

    public static string Of(LawRegister register, string state)
    {
        var text = new StringWriter { NewLine = "\n" };
        text.WriteLine($"""
            # The law register

            Every rule that SafeHarbor follows or shows, from `states/{state}/law.yaml` by `./safeharbor law --markdown > docs/law.md`; a test holds this file to it. The
            sentences are ours, and nothing here is legal advice: read the source. `TO_BE_CHECKED` means that a bill, an analysis, a guide or an earlier text was read,
            or none. What is under [Ours](#ours) is a default of the product and no law.
            """);
        foreach (var (kind, title) in Parts)
        {
            text.WriteLine($"\n## {title}\n");
            text.WriteLine(kind == RuleKinds.ProductDefault ? "| id | what it says | time | what rests on it |\n|---|---|---|---|" : "| id | citation | what it says | time | what rests on it | status | source |\n|---|---|---|---|---|---|---|");
            foreach (var rule in register.Rules.Where(rule => rule.Kind == kind))
                text.WriteLine(kind == RuleKinds.ProductDefault
                    ? $"| `{rule.Id}` | {rule.Sentence} | {rule.Limit} | {Uses(rule, register)} |"
                    : $"| `{rule.Id}` | {rule.Citation} | {rule.Sentence} | {rule.Limit} | {Uses(rule, register)} | `{rule.Status}` | [{Read(rule)}]({rule.Source}) |");
        }
        return text.ToString();
    }

    private static string Uses(LawRule rule, LawRegister register) =>
        string.Join(", ", register.Uses.Where(use => use.Value.Contains(rule.Id)).Select(use => $"`{use.Key}`").Order(StringComparer.Ordinal));

    private static string Read(LawRule rule) => rule.ReadOn is { } day ? $"read {day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}" : "not read";
}
