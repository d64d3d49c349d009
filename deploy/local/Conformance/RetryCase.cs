namespace SafeHarbor.Local.Conformance;

/// <summary>The first report comes to grief on its way: it must come again, as the same report, and not too soon.</summary>
/// <param name="name">Its name on the command line.</param>
/// <param name="todo">What somebody is to do in the vendor's system.</param>
/// <param name="page">The document that says how it is right.</param>
/// <param name="disturbance">What happens to the first.</param>
/// <param name="wait">How long the sender is told to wait.</param>
internal sealed class RetryCase(string name, string todo, string page, Disturbance disturbance, TimeSpan wait) : ConformanceCase(name, todo, page)
{
    // The sender's clock starts when it reads the answer, which it may do before we note that it was given.
    private static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(100);

    public override Disturbance? Disturb(Exchange request, IReadOnlyList<Exchange> before) => request.IsReport && !before.Any(exchange => exchange.IsReport) ? disturbance : null;

    public override Verdict? Judge(IReadOnlyList<Exchange> seen)
    {
        if (seen.Where(exchange => exchange.IsReport).Take(2).ToList() is not [var first, var again])
            return null;
        if (again.At < first.EndedAt + wait - Tolerance)
            return Verdict.Fail($"It came again after {(again.At - first.EndedAt).TotalSeconds:0.0} s, but Retry-After said {wait.TotalSeconds:0}: wait that long, whatever your own schedule says.");
        if (again.Key != first.Key)
            return Verdict.Fail("It came again under another Idempotency-Key. Keep the key with the report until it is answered: a new one makes it another report.");
        if (!again.SaysTheSameAs(first))
            return Verdict.Fail("It came again under the same Idempotency-Key with another body. Keep the body as it was sent, with its times.");
        return again.IsTaken ? Verdict.Pass : RefusalOf(again) is { } refusal ? Verdict.Fail(refusal) : null;
    }

    public override string Missing(IReadOnlyList<Exchange> seen) =>
        seen.Any(exchange => exchange.IsReport) ? "The report did not come again: somebody believes that it has arrived, or that it cannot." : base.Missing(seen);
}
