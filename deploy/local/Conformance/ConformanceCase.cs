namespace SafeHarbor.Local.Conformance;

/// <summary>How a case ended.</summary>
/// <param name="Passed">As it should be.</param>
/// <param name="Reason">What was not as it should be, and what to do about it; null when it passed.</param>
internal sealed record Verdict(bool Passed, string? Reason = null)
{
    public static readonly Verdict Pass = new(true);

    public static Verdict Fail(string reason) => new(false, reason);
}

/// <summary>Something that an integration must get right.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="todo">What somebody is to do in the vendor's system.</param>
/// <param name="page">The document that says how it is right.</param>
internal abstract class ConformanceCase(string name, string todo, string page)
{
    public string Name => name;

    /// <summary>For people: what to do in the vendor's system.</summary>
    public string Todo => todo;

    /// <summary>The document that says how it is right.</summary>
    public string Page => page;

    /// <summary>What is to happen to a request that has come; null when it goes to intake and the answer back.</summary>
    /// <param name="request">It.</param>
    /// <param name="before">What came before in this case.</param>
    public virtual Disturbance? Disturb(Exchange request, IReadOnlyList<Exchange> before) => null;

    /// <summary>How the case has ended by what has come; null while that is open.</summary>
    public abstract Verdict? Judge(IReadOnlyList<Exchange> seen);

    /// <summary>What was waited for in vain.</summary>
    public virtual string Missing(IReadOnlyList<Exchange> seen) => seen.Any(exchange => exchange.IsReport)
        ? "A report came, but none was taken: the answers say why."
        : "No report came (POST /v1/encounters).";

    /// <summary>Why intake did not take a report, for people; null when it did, or trying again may help.</summary>
    protected static string? RefusalOf(Exchange report)
    {
        if (report.Status is < 400 or >= 500 or 401 or 409 or 429 || report.Disturbance is not null)
            return null;
        var places = report.Answer.Errors().Select(error => $"{error.Place} ({error.Code}): {error.Detail}").ToList();
        return $"Intake refused it with {report.Status}{(places.Count > 0 ? $": {string.Join("; ", places)}" : $": {report.Answered}")}";
    }
}
