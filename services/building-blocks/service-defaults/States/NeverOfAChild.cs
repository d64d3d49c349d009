using System.Text;
using System.Text.RegularExpressions;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>With what no text may charge a child, because nobody of its age is charged with it. What is looked for is ours, not law.</summary>
/// <param name="statutes">What is looked for.</param>
/// <param name="ofAnother">Who, when the same sentence speaks of one, may be charged with it.</param>
public sealed partial class NeverOfAChild(IReadOnlyList<GuardedStatute> statutes, Regex ofAnother)
{
    /// <summary>The first of them that a sentence names in which nobody else is spoken of; null when none does.</summary>
    public GuardedStatute? In(string? text) => string.IsNullOrEmpty(text) ? null : SentenceEnd().Split(text.Normalize(NormalizationForm.FormKC))
        .Where(sentence => !ofAnother.IsMatch(sentence)).Select(sentence => statutes.FirstOrDefault(statute => statute.Pattern.IsMatch(sentence))).FirstOrDefault(found => found is not null);

    [GeneratedRegex(@"(?<=[.!?;])\s+|[\r\n]+")]
    private static partial Regex SentenceEnd();
}

/// <summary>A statute with which no child is charged.</summary>
/// <param name="Name">As texts name it.</param>
/// <param name="Pattern">How it is written.</param>
/// <param name="Law">The rule that says so, by its id in the law register.</param>
public sealed record GuardedStatute(string Name, Regex Pattern, string Law);
