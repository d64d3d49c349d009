namespace SafeHarbor.Local.Conformance;

/// <summary>A report is refused with a pointer to what is wrong: corrected, it is another request and has a key of its own.</summary>
internal sealed class CorrectionCase() : ConformanceCase("corrected",
    "Report a child of 16. It is refused once, with a pointer to the age; correct that to 15 and send the report.", "docs/problems/validation.md")
{
    private const string Age = "children.0.approximateAge";

    private static readonly Disturbance Refused = new(400, "validation", "Correct what the entries of 'errors' name and send the request again.",
        Errors: new[] { new { pointer = "/children/0/approximateAge", code = "out-of-range", detail = "For this case the child is 15. Correct the age and send the report anew." } });

    public override Disturbance? Disturb(Exchange request, IReadOnlyList<Exchange> before) => request.IsReport && !before.Any(exchange => exchange.IsReport) ? Refused : null;

    public override Verdict? Judge(IReadOnlyList<Exchange> seen)
    {
        if (seen.Where(exchange => exchange.IsReport).ToList() is not [var first, .., var last])
            return null;
        if (last.SaysTheSameAs(first))
            return Verdict.Fail("It came again as it was. What is refused with 400 is refused for ever: show the pointers of 'errors' to the person who can correct them.");
        if (last.Key == first.Key)
            return Verdict.Fail("The corrected report came under the key of the one that was refused. What says something else is another request: give it a key of its own.");
        if (RefusalOf(last) is { } refusal)
            return Verdict.Fail(refusal);
        if (!last.IsTaken)
            return null;
        return last.Body.At(Age)?.ToString() == "15" ? Verdict.Pass : Verdict.Fail("/children/0/approximateAge is not 15: what the pointer named was not what was corrected.");
    }

    public override string Missing(IReadOnlyList<Exchange> seen) =>
        seen.Any(exchange => exchange.IsReport) ? "The report was refused, and no corrected one came." : base.Missing(seen);
}
