using System.Collections.Frozen;
using SafeHarbor.Contracts.Codes;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>
/// The state's law register, <c>law.yaml</c> in its folder: the rules, and what of the system rests on which. Immutable, a singleton of every service.
/// </summary>
public sealed class LawRegister
{
    private readonly FrozenDictionary<string, CitedRule> _cited;
    private readonly FrozenDictionary<string, IReadOnlyList<CitedRule>> _byUse;

    internal LawRegister(IReadOnlyList<LawRule> rules, IReadOnlyDictionary<string, IReadOnlyList<string>> uses)
    {
        (Rules, Uses) = (rules, uses);
        _cited = rules.ToFrozenDictionary(rule => rule.Id, rule => new CitedRule(rule.Id, rule.Kind, rule.Citation, rule.Status));
        _byUse = uses.ToFrozenDictionary(use => use.Key, use => (IReadOnlyList<CitedRule>)[.. use.Value.Select(id => _cited[id])]);
    }

    /// <summary>Every rule, in the order of the file.</summary>
    public IReadOnlyList<LawRule> Rules { get; }

    /// <summary>The rules' ids by what rests on them; the keys are <see cref="RuleUses.All"/>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Uses { get; }

    /// <summary>The rule with this id; null when the register has none.</summary>
    public LawRule? Find(string id) => Rules.FirstOrDefault(rule => rule.Id == id);

    /// <summary>What a use rests on, as it is shown; none when the register does not know the use.</summary>
    public IReadOnlyList<CitedRule> For(string use) => _byUse.GetValueOrDefault(use) ?? [];

    /// <summary>The ids of what a use rests on, separated by blanks, as they are stored; the use itself when the register does not know it.</summary>
    public string IdsFor(string use) => Uses.TryGetValue(use, out var ids) ? string.Join(' ', ids) : use;

    /// <summary>The rule that a limit is from; its time is given.</summary>
    /// <param name="use">One of those that begin with <c>limit.</c>, but <see cref="RuleUses.LimitSetHere"/>, which gives no time.</param>
    public LawRule Limit(string use) => Find(Uses[use][0])!;

    /// <summary>Whether the days that a limit gives have passed since a day.</summary>
    public bool HavePassed(string use, DateOnly since, DateOnly today) => since.AddDays((int)Limit(use).Within!.Value.TotalDays) < today;

    /// <summary>What was stored, ids or a use, as it is shown; an id that the register does not have any more is left out.</summary>
    public IReadOnlyList<CitedRule> Cite(string stored) =>
        _byUse.GetValueOrDefault(stored) ?? [.. stored.Split(' ').Select(_cited.GetValueOrDefault).OfType<CitedRule>()];

    /// <summary>Reads a register.</summary>
    /// <exception cref="Hosting.StartRefusedException">The file is missing or wrong; the message names every rule that is, and why.</exception>
    public static LawRegister Read(string path) => LawFile.Read(path);
}
