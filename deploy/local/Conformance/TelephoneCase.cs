namespace SafeHarbor.Local.Conformance;

/// <summary>The call that nothing replaces is recorded.</summary>
internal sealed class TelephoneCase() : ConformanceCase("telephone-report",
    "Record that the officer has called the county's hotline about the last report.", "docs/api")
{
    public override Verdict? Judge(IReadOnlyList<Exchange> seen) => seen.LastOrDefault(IsRecord) switch
    {
        null => null,
        { Status: 200 } => Verdict.Pass,
        { Status: >= 400 and < 500 and not 401 and not 429 } refused => Verdict.Fail($"It was refused with {refused.Status}: {refused.Answered}"),
        _ => null,
    };

    public override string Missing(IReadOnlyList<Exchange> seen) => "No call was recorded (PUT /v1/encounters/{encounterId}/telephone-report).";

    private static bool IsRecord(Exchange exchange) => exchange.Method == "PUT" && exchange.Path.EndsWith("/telephone-report", StringComparison.Ordinal);
}
