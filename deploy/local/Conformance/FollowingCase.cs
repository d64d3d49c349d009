using SafeHarbor.Local.Demo;

namespace SafeHarbor.Local.Conformance;

/// <summary>A report is followed by waiting for news, not by asking again and again.</summary>
internal sealed class FollowingCase() : ConformanceCase("followed",
    "Open the last report and let your system follow it until the county has accepted.", "docs/api")
{
    // Ours: who asks more often than this without waiting would be faster told by waiting.
    private static readonly TimeSpan Often = TimeSpan.FromSeconds(5);

    public override Verdict? Judge(IReadOnlyList<Exchange> seen)
    {
        var reads = seen.Where(IsRead).ToList();
        var impatient = reads.Where(read => !Waits(read)).ToList();
        if (impatient.Zip(impatient.Skip(1)).Any(pair => pair.Second.At - pair.First.At < Often))
            return Verdict.Fail("The report was read twice within five seconds without waiting. Ask with ?wait=30: the answer comes as soon as there is news, and you ask less.");
        var known = reads.Select(read => read.Answer.Text("next")).OfType<string>().ToHashSet();
        return reads.Any(read => Waits(read) && read.Status == 200 && read.Query.TryGetValue("after", out var after) && known.Contains(after)) ? Verdict.Pass : null;
    }

    public override string Missing(IReadOnlyList<Exchange> seen) => seen.Any(IsRead)
        ? "The report was read, but not followed: ask with ?wait=30&after=, with the 'next' of the answer before."
        : "The report was not read (GET /v1/encounters/{encounterId}?wait=30).";

    private static bool IsRead(Exchange exchange) =>
        exchange.Method == "GET" && exchange.Path.StartsWith("/v1/encounters/", StringComparison.Ordinal) && Guid.TryParse(exchange.Path["/v1/encounters/".Length..], out _);

    private static bool Waits(Exchange read) => read.Query.TryGetValue("wait", out var wait) && int.TryParse(wait, out var seconds) && seconds > 0;
}
