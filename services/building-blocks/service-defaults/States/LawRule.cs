using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Clocks;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>A rule that the system follows or shows, as the state's law register has it.</summary>
/// <param name="Id">By which code, packs and texts name it.</param>
/// <param name="Kind">One of <see cref="RuleKinds"/>.</param>
/// <param name="Citation">As lawyers cite it.</param>
/// <param name="Sentence">What it says, in a sentence of ours.</param>
/// <param name="Source">Address of a text that can be read; null when the rule is ours.</param>
/// <param name="ReadOn">When somebody read it there; null when nobody has.</param>
/// <param name="Status">One of <see cref="RuleStatuses"/>.</param>
/// <param name="Limit">How long it gives; null when it gives no time, or several.</param>
public sealed record LawRule(string Id, [CodeOf(typeof(RuleKinds))] string Kind, string Citation, string Sentence, string? Source, DateOnly? ReadOn, [CodeOf(typeof(RuleStatuses))] string Status, TimeLimit? Limit)
{
    /// <summary>How long it gives by the wall clock; null when it gives no time, or counts it in days or in hours of court days.</summary>
    public TimeSpan? Within => Limit is { Unit: LimitUnit.Minutes } limit ? TimeSpan.FromMinutes(limit.Amount) : null;

    /// <summary>Until when what it limits is due that starts at an instant; null when it gives no time, or several.</summary>
    public DateTimeOffset? DueAt(DateTimeOffset startedAt, State state) => Limit?.DueAt(startedAt, state);
}

/// <summary>A rule as receipts and answers show it.</summary>
/// <param name="RuleId">Its id in the state's law register.</param>
/// <param name="Kind">One of <see cref="RuleKinds"/>: a default of ours never looks like law.</param>
/// <param name="Citation">As lawyers cite it.</param>
/// <param name="Status">One of <see cref="RuleStatuses"/>.</param>
public sealed record CitedRule(string RuleId, [CodeOf(typeof(RuleKinds))] string Kind, string Citation, [CodeOf(typeof(RuleStatuses))] string Status);
