using System.Text.Json;
using SafeHarbor.Local.Verbs;

namespace SafeHarbor.Local.Tests.Verbs;

/// <summary>What a person reads of a pack that was tried.</summary>
public sealed class PackTextTests
{
    [Fact]
    public void Who_would_be_told_otherwise_is_said_decision_by_decision() => Said(3, 2, """
        [{"encounterId": "e1", "decidedAt": "2026-11-21T07:10:00.000Z", "changes": [
          {"reportId": "r1", "op": "ADD", "organization": "da:06059", "from": null, "to": {"role": "DISTRICT_ATTORNEY", "confidence": "CLEAR"}},
          {"reportId": "r1", "op": "REMOVE", "organization": "county:06037", "from": {"role": "COURTESY", "confidence": "NEAR_LINE"}, "to": null},
          {"reportId": "r1", "op": "REPLACE", "organization": "county:06059", "from": {"role": "RESPONDER", "confidence": "ON_LINE"}, "to": {"role": "RESPONDER", "confidence": "CLEAR"}}]}]
        """).ShouldBe("""
          Of the 3 decisions since 2026-11-01T00:00:00.000Z that told the county 2 would be otherwise; the 1 newest:
            2026-11-21T07:10:00.000Z encounter e1
              da:06059 would be told, as DISTRICT_ATTORNEY CLEAR (report r1)
              county:06037 would not be told, and was as COURTESY NEAR_LINE (report r1)
              county:06059 would be told as RESPONDER CLEAR, and was as RESPONDER ON_LINE (report r1)

        """);

    [Fact]
    public void That_nobody_would_be_told_otherwise_is_said_too() =>
        Said(3, 0, "[]").ShouldBe("  Of the 3 decisions since 2026-11-01T00:00:00.000Z that told the county none would be otherwise\n");

    // What is said of the pack itself comes first: a line of its own, and one of the change.
    private static string Said(int examined, int differ, string different)
    {
        using var outcome = JsonDocument.Parse($$$"""
            {"countyFips": "06059", "version": 2, "effectiveFrom": "2026-12-01", "published": false, "supersedes": [], "changes": [{"op": "REPLACE", "pointer": "/name", "from": 1, "to": 2}],
             "decisions": {"since": "2026-11-01T00:00:00.000Z", "examined": {{{examined}}}, "differ": {{{differ}}}, "different": {{{different}}}}}
            """);
        return string.Concat(PackText.OfOutcome(outcome.RootElement, isDryRun: true).Split('\n').Skip(2).Select((line, at) => at == 0 ? line : "\n" + line));
    }
}
