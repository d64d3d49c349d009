using System.Text.Json;

namespace SafeHarbor.Local.Conformance;

/// <summary>What a report must say, or must not.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="todo">What somebody is to do in the vendor's system.</param>
/// <param name="faults">What is wrong in a body.</param>
internal sealed class ContentCase(string name, string todo, Func<JsonElement, IEnumerable<string>> faults) : ConformanceCase(name, todo, "docs/problems/validation.md")
{
    public override Verdict? Judge(IReadOnlyList<Exchange> seen)
    {
        foreach (var report in seen.Where(exchange => exchange.IsReport))
        {
            if (RefusalOf(report) is { } refusal)
                return Verdict.Fail(refusal);
            if (!report.IsTaken)
                continue;
            string[] found = [.. faults(report.Body), .. report.Answer.Errors("warnings").Select(ignored => $"{ignored.Place} was ignored, because you prefer leniency: leave it out.")];
            return found.Length == 0 ? Verdict.Pass : Verdict.Fail(string.Join(" ", found));
        }

        return null;
    }
}
