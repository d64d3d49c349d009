using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>Where a report would go and why.</summary>
/// <param name="Recipients">Who would be told, counties and, where the responder is no guess, everybody else who must know and takes part; nobody when nothing makes any county likely.</param>
/// <param name="OnceConfirmed">Where the responder is a guess, who else would be told once a person has confirmed it.</param>
/// <param name="NotReached">Who must know as well and takes part nowhere: the reporting agency would tell it itself.</param>
/// <param name="Undetermined">Why the desk would decide, or confirm the responder; null when it need not.</param>
/// <param name="PossibleOrganizations">Where the desk would decide, whose counties the stated city and ZIP code allow.</param>
/// <param name="OuterLines">Other states and countries that begin near the place that would decide, the nearest first. Nobody there would be told by this system.</param>
/// <param name="Evidence">What was looked at.</param>
/// <param name="Versions">By which rules, map and packs it would be decided.</param>
public sealed record Explanation(IReadOnlyList<ExplainedRecipient> Recipients, IReadOnlyList<ExplainedRecipient> OnceConfirmed, IReadOnlyList<NotReached> NotReached,
    [CodeOf(typeof(UndeterminedReasons))] string? Undetermined, IReadOnlyList<Organization> PossibleOrganizations, IReadOnlyList<OuterLine> OuterLines, Evidence Evidence, DecisionVersions Versions);

/// <summary>Somebody who must know, and whom no county's pack lists.</summary>
/// <param name="Role">For what.</param>
/// <param name="Rule">The same for people.</param>
/// <param name="Rules">What that rests on.</param>
public sealed record NotReached(Role Role, string Rule, IReadOnlyList<CitedRule> Rules);
