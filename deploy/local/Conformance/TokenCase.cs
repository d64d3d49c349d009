namespace SafeHarbor.Local.Conformance;

/// <summary>A token has expired: the report comes again with another one.</summary>
internal sealed class TokenCase() : ConformanceCase("token-expired",
    "Report a child. Your token is said to have expired; get another one from the token address and send the report again.", "docs/problems/unauthenticated.md")
{
    private static readonly Disturbance Expired = new(401, "unauthenticated",
        "The token has expired. Get a token from the identity provider of this installation and send it as 'Authorization: Bearer …'.",
        new Dictionary<string, string> { ["WWW-Authenticate"] = "Bearer error=\"invalid_token\", error_description=\"The token has expired\"" });

    public override Disturbance? Disturb(Exchange request, IReadOnlyList<Exchange> before) => request.IsReport && !before.Any(exchange => exchange.IsReport) ? Expired : null;

    public override Verdict? Judge(IReadOnlyList<Exchange> seen)
    {
        if (seen.Where(exchange => exchange.IsReport).ToList() is not [var first, .., var last])
            return null;
        if (last.Token == first.Token)
            return Verdict.Fail("It came again with the token that has expired. After a 401 get another one first.");
        return last.IsTaken ? Verdict.Pass : RefusalOf(last) is { } refusal ? Verdict.Fail(refusal) : null;
    }

    public override string Missing(IReadOnlyList<Exchange> seen) =>
        seen.Any(exchange => exchange.IsReport) ? "The report did not come again with another token: a report must not be lost with a token." : base.Missing(seen);
}
