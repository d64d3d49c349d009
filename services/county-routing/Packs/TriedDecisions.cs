using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>What a pack would do to the newest decisions that told its county, as far as the caller may see them: each is made again with the version before it, and with it.</summary>
/// <param name="Since">From when on they were looked at: 30 days ago, or, where more than 10,000 have been made since, when the oldest of those was.</param>
/// <param name="Examined">How many there are. A report that was referred on from county to county has no decision but the first.</param>
/// <param name="Differ">How many of them would tell somebody else, or otherwise.</param>
/// <param name="Different">The newest of these, at most 50.</param>
public sealed record TriedDecisions(DateTimeOffset Since, int Examined, int Differ, IReadOnlyList<TriedDecision> Different);

/// <summary>A decision that would tell somebody else, or otherwise.</summary>
/// <param name="EncounterId">The encounter.</param>
/// <param name="DecisionId">The decision.</param>
/// <param name="DecidedAt">When it was made.</param>
/// <param name="DecidedBy">Who made it.</param>
/// <param name="Changes">What would be otherwise; at least one.</param>
public sealed record TriedDecision(Guid EncounterId, Guid DecisionId, DateTimeOffset DecidedAt, [CodeOf(typeof(Deciders))] string DecidedBy, IReadOnlyList<RecipientChange> Changes);

/// <summary>What would be otherwise for one recipient of one report.</summary>
/// <param name="ReportId">The report.</param>
/// <param name="Op">What happens.</param>
/// <param name="Organization">To whom.</param>
/// <param name="From">As what it is told with the version before; null when it is not told.</param>
/// <param name="To">As what it would be told; null when it would not be told.</param>
public sealed record RecipientChange(Guid ReportId, [CodeOf(typeof(ChangeKinds))] string Op, Organization Organization, RecipientPart? From, RecipientPart? To);

/// <summary>As what somebody is told of a report.</summary>
/// <param name="Role">Why it is told.</param>
/// <param name="Confidence">How sure that is.</param>
public sealed record RecipientPart(Role Role, [CodeOf(typeof(Confidences))] string Confidence);
