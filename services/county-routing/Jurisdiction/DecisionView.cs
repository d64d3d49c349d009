using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>Every decision about who gets an encounter's reports that the caller has a part in, the first first.</summary>
/// <param name="EncounterId">The encounter.</param>
/// <param name="Decisions">At least one.</param>
public sealed record EncounterJurisdiction(Guid EncounterId, IReadOnlyList<DecisionView> Decisions);

/// <summary>A decision about who gets an encounter's reports, as it was made.</summary>
/// <param name="DecisionId">The decision.</param>
/// <param name="DecidedAt">When it was made.</param>
/// <param name="DecidedBy">Who made it.</param>
/// <param name="Undetermined">Why a person had to decide, or to confirm the responder; null when none had to.</param>
/// <param name="Reports">Who gets each report; to a recipient, of the reports that it gets. Empty when nothing made any county likely.</param>
/// <param name="Evidence">What was looked at; null when a person decided.</param>
/// <param name="Versions">By which rules, map and packs it was made.</param>
public sealed record DecisionView(Guid DecisionId, DateTimeOffset DecidedAt, [CodeOf(typeof(Deciders))] string DecidedBy, [CodeOf(typeof(UndeterminedReasons))] string? Undetermined,
    IReadOnlyList<ReportRecipients> Reports, Evidence? Evidence, DecisionVersions Versions)
{
    internal static DecisionView Of(JurisdictionDecision decision, Organization reader, LawRegister law) => new(decision.DecisionId, decision.DecidedAt, decision.DecidedBy, decision.Undetermined,
        [.. decision.Reports.Where(report => reader.Kind == Organization.State || report.Recipients.Any(recipient => recipient.Organization == reader))
            .Select(report => new ReportRecipients(report.ReportId, [.. report.Recipients.Select(recipient => ExplainedRecipient.Of(recipient, law))]))],
        decision.Evidence, decision.Versions);
}

/// <summary>Who gets a report.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Recipients">The responder first.</param>
public sealed record ReportRecipients(Guid ReportId, IReadOnlyList<ExplainedRecipient> Recipients);

/// <summary>Who gets a report, and why.</summary>
/// <param name="Organization">Who, such as <c>county:06037</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">Why it is told.</param>
/// <param name="Basis">What it was determined by.</param>
/// <param name="Confidence">How sure that is.</param>
/// <param name="DistanceToLineMeters">Meters to the nearest county line; for a courtesy, to the line with that county. Null when no location decided.</param>
/// <param name="RuleCode">What chose it.</param>
/// <param name="Rule">The same for people.</param>
/// <param name="Rules">What its role rests on.</param>
public sealed record ExplainedRecipient(Organization Organization, string Name, Role Role, [CodeOf(typeof(Bases))] string Basis, [CodeOf(typeof(Confidences))] string Confidence,
    int? DistanceToLineMeters, [CodeOf(typeof(RoutingRules))] string RuleCode, string Rule, IReadOnlyList<CitedRule> Rules)
{
    internal static ExplainedRecipient Of(DecidedRecipient recipient, LawRegister law) => new(recipient.Organization, recipient.Name, recipient.Role, recipient.Basis, recipient.Confidence,
        recipient.DistanceToLineMeters, recipient.Rule.Code, recipient.Rule.Text, law.Cite(recipient.RuleIds));
}
