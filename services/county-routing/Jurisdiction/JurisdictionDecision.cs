using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>
/// Who gets an encounter's reports and why, as it was decided: by routing when the encounter came in, and by each person who decided after that. It is written in the
/// transaction of its effects, and never changes.
/// </summary>
public sealed class JurisdictionDecision
{
    public Guid EncounterId { get; set; }
    public Guid DecisionId { get; set; }
    public DateTimeOffset DecidedAt { get; set; }
    /// <summary>One of <see cref="Deciders"/>.</summary>
    [CodeOf(typeof(Deciders))]
    public string DecidedBy { get; set; } = "";
    /// <summary>Why a person must decide, or confirm; null when none need.</summary>
    public string? Undetermined { get; set; }
    /// <summary>Who was told: they may read the decision.</summary>
    public IReadOnlyList<Organization> Told { get; set; } = [];
    /// <summary>From what it follows. It is not shown: coordinates are for routing.</summary>
    public JurisdictionFacts Facts { get; set; } = null!;
    /// <summary>What was looked at, as it is shown; null when a person decided.</summary>
    public Evidence? Evidence { get; set; }
    public IReadOnlyList<DecidedReport> Reports { get; set; } = [];
    public DecisionVersions Versions { get; set; } = null!;

    /// <summary>What is kept of a decision.</summary>
    /// <param name="encounterId">The encounter.</param>
    /// <param name="decidedBy">One of <see cref="Deciders"/>.</param>
    /// <param name="facts">From what it follows.</param>
    /// <param name="decision">What was decided.</param>
    /// <param name="packs">The packs that were looked at.</param>
    /// <param name="map">The map that decided; its state's register says what the roles rest on.</param>
    /// <param name="now">When.</param>
    public static JurisdictionDecision Of(Guid encounterId, string decidedBy, JurisdictionFacts facts, RoutingDecision decision, IReadOnlyList<PackUsed> packs, CountyMap map, DateTimeOffset now)
    {
        var determined = decision as RoutingDecision.Determined;
        return new()
        {
            EncounterId = encounterId,
            // Routing decides once, however often its message comes.
            DecisionId = decidedBy == Deciders.Routing ? DeterministicId.Of(encounterId, "jurisdiction") : Guid.CreateVersion7(now),
            DecidedAt = now,
            DecidedBy = decidedBy,
            Undetermined = decision.WhyAPerson,
            Told = [.. (determined?.Reports ?? []).SelectMany(report => report.Recipients).Select(recipient => recipient.Organization).Distinct()],
            Facts = facts,
            Evidence = decision.Evidence,
            Reports = [.. (determined?.Reports ?? []).Select(report => DecidedReport.Of(report, map.State.Law))],
            Versions = new(Determination.Version, map.Version, packs),
        };
    }
}

/// <summary>Who decides which county responds.</summary>
public static class Deciders
{
    /// <summary>The system, by its rules, when the encounter came in.</summary>
    public const string Routing = "ROUTING";
    /// <summary>A person at the statewide desk.</summary>
    public const string Desk = "DESK";
    /// <summary>A person at a county, by accepting what was a guess.</summary>
    public const string Claim = "CLAIM";
}

/// <summary>Who gets one report.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Recipients">No organization twice, the responder first.</param>
public sealed record DecidedReport(Guid ReportId, IReadOnlyList<DecidedRecipient> Recipients)
{
    internal static DecidedReport Of(ReportRouting routing, LawRegister law) => new(routing.Report.ReportId, [.. routing.Recipients.Select(recipient => DecidedRecipient.Of(recipient, law))]);
}

/// <summary>Who gets a report, and why.</summary>
/// <param name="Organization">Who.</param>
/// <param name="Name">Its name.</param>
/// <param name="Role">Why it gets it.</param>
/// <param name="Basis">One of <see cref="Bases"/>.</param>
/// <param name="Confidence">One of <see cref="Confidences"/>.</param>
/// <param name="DistanceToLineMeters">Meters to the nearest county line; for a courtesy, to the line with that county. Null when no location decided.</param>
/// <param name="Rule">What chose it.</param>
/// <param name="RuleIds">The ids of what its role rested on in the state's law register then, separated by blanks.</param>
public sealed record DecidedRecipient(Organization Organization, string Name, Role Role, [CodeOf(typeof(Bases))] string Basis, [CodeOf(typeof(Confidences))] string Confidence,
    int? DistanceToLineMeters, RoutingRule Rule, string RuleIds)
{
    internal static DecidedRecipient Of(Recipient recipient, LawRegister law) => new(recipient.Organization, recipient.Name, recipient.Role, recipient.Basis, recipient.Confidence,
        recipient.DistanceToLineMeters, recipient.Rule, law.IdsFor(RuleUses.OfRole(recipient.Role)));
}
