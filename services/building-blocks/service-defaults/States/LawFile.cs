using System.Globalization;
using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Clocks;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary><c>law.yaml</c> as it is written. A key that is not known, missing or twice there is an error.</summary>
internal sealed partial class LawFile
{
    private const string Ours = "SafeHarbor default";
    private const int Most = 3660;

    public required List<RuleEntry> Rules { get; init; }
    public required Dictionary<string, List<string>> Uses { get; init; }

    internal sealed class RuleEntry
    {
        public required string Id { get; init; }
        public required string Kind { get; init; }
        public required string Citation { get; init; }
        public required string Sentence { get; init; }
        public string? Source { get; init; }
        public string? ReadOn { get; init; }
        public required string Status { get; init; }
        public int? WithinMinutes { get; init; }
        public int? WithinDays { get; init; }
        public int? WithinCourtDays { get; init; }
        public int? WithinCourtHours { get; init; }

        public IEnumerable<TimeLimit> Limits =>
            from limit in ((LimitUnit Unit, int? Amount)[])
                [(LimitUnit.Minutes, WithinMinutes), (LimitUnit.Days, WithinDays), (LimitUnit.CourtDays, WithinCourtDays), (LimitUnit.CourtHours, WithinCourtHours)]
            where limit.Amount is not null
            select new TimeLimit(limit.Unit, limit.Amount!.Value);
        public DateOnly? Day => DateOnly.TryParseExact(ReadOn, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
        public bool HasAddress => Uri.TryCreate(Source, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
    }

    public static LawRegister Read(string path)
    {
        var file = StateFile.Read<LawFile>(path);
        if (file.Problems().ToList() is { Count: > 0 } problems)
            throw new StartRefusedException($"{path}: {string.Join(' ', problems)}");
        return new([.. file.Rules.Select(r => new LawRule(r.Id, r.Kind, r.Citation, r.Sentence, r.Source, r.Day, r.Status, r.Limits.SingleOrDefault()))],
            file.Uses.ToDictionary(use => use.Key, use => (IReadOnlyList<string>)use.Value));
    }

    private IEnumerable<string> Problems()
    {
        foreach (var rule in Rules)
        {
            var isOurs = rule.Kind == RuleKinds.ProductDefault;
            if (!Id().IsMatch(rule.Id))
                yield return $"'{rule.Id}' is no id: write small letters, digits and hyphens.";
            if (Rules.Count(r => r.Id == rule.Id) > 1)
                yield return $"{rule.Id} is there twice.";
            if (!RuleKinds.All.Contains(rule.Kind))
                yield return $"{rule.Id}: kind is one of {string.Join(", ", RuleKinds.All)}.";
            if (!RuleStatuses.All.Contains(rule.Status))
                yield return $"{rule.Id}: status is one of {string.Join(", ", RuleStatuses.All)}.";
            if (string.IsNullOrWhiteSpace(rule.Citation) || string.IsNullOrWhiteSpace(rule.Sentence))
                yield return $"{rule.Id} needs a citation and a sentence.";
            if (isOurs != (rule.Citation == Ours))
                yield return $"{rule.Id}: '{Ours}' is the citation of every {RuleKinds.ProductDefault} and of nothing else.";
            if (isOurs ? rule.Source is not null || rule.ReadOn is not null : !rule.HasAddress)
                yield return $"{rule.Id}: source is the address of a text that can be read; a {RuleKinds.ProductDefault} has neither source nor readOn.";
            if (rule.ReadOn is not null && rule.Day is null)
                yield return $"{rule.Id}: readOn is a day as 2026-11-29.";
            if (!isOurs && rule.Status == RuleStatuses.InForce && rule.ReadOn is null)
                yield return $"{rule.Id} is {RuleStatuses.InForce}, but nobody has read it: give readOn, or {RuleStatuses.ToBeChecked}.";
            if (rule.Limits.Count() > 1)
                yield return $"{rule.Id} gives one time: withinMinutes, withinDays, withinCourtDays or withinCourtHours.";
            if (rule.Limits.Any(limit => limit.Amount < 1 || (limit.Unit != LimitUnit.Minutes && limit.Amount > Most)))
                yield return $"{rule.Id}: its time is 1 minute or more, or 1 to {Most} days or hours.";
        }
        foreach (var (use, ids) in Uses)
        {
            if (!RuleUses.All.Contains(use))
                yield return $"uses: nothing here is '{use}'.";
            if (ids.Count == 0 && !RuleUses.MayRestOnNothing(use))
                yield return $"uses: {use} rests on nothing.";
            if (use.StartsWith("limit.", StringComparison.Ordinal) && (ids.Count > 1 || use != RuleUses.LimitSetHere && Rules.Any(r => ids.Contains(r.Id) && r.WithinMinutes is not > 0)))
                yield return $"uses: {use} has one source, and that has withinMinutes.";
            foreach (var id in ids.Where(id => Rules.All(r => r.Id != id)))
                yield return $"uses: {use} names {id}, which is no rule of the register.";
        }
        foreach (var use in RuleUses.All.Where(use => !Uses.ContainsKey(use)))
            yield return $"uses: {use} is missing.";
    }

    [GeneratedRegex(@"\A[a-z0-9]+(-[a-z0-9]+)*\z")]
    private static partial Regex Id();
}
