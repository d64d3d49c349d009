using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Clocks;
using SafeHarbor.ServiceDefaults.Hosting;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary><c>state.yaml</c> and <c>counties.yaml</c> of a state's folder, as they are written. A key that is not known, missing or twice there is an error.</summary>
internal sealed partial class StateFile
{
    public required string Code { get; init; }
    public required string Name { get; init; }
    public required bool Sample { get; init; }
    public required string FipsPrefix { get; init; }
    public required string TimeZone { get; init; }
    public required BoundsEntry Bounds { get; init; }
    public required AgencyIdentifiersEntry AgencyIdentifiers { get; init; }
    public required ReferralNumberEntry ReferralNumber { get; init; }
    public required DeskEntry Desk { get; init; }
    public required OuterLinesEntry OuterLines { get; init; }
    public required NeverOfAChildEntry NeverOfAChild { get; init; }

    internal sealed class BoundsEntry
    {
        public required double West { get; init; }
        public required double South { get; init; }
        public required double East { get; init; }
        public required double North { get; init; }
    }

    internal sealed class AgencyIdentifiersEntry
    {
        public required string Prefix { get; init; }
        public required List<string> InManyCounties { get; init; }
    }

    internal sealed class ReferralNumberEntry
    {
        public required string Form { get; init; }
        public required string Says { get; init; }
        public required string Source { get; init; }
    }

    internal sealed class DeskEntry
    {
        public required int RemindEveryMinutes { get; init; }
    }

    internal sealed class OuterLinesEntry
    {
        public required int NearMeters { get; init; }
        public required Dictionary<string, string> Neighbors { get; init; }
    }

    internal sealed class NeverOfAChildEntry
    {
        public required List<StatuteEntry> Statutes { get; init; }
        public required string OfAnother { get; init; }
    }

    internal sealed class StatuteEntry
    {
        public required string Name { get; init; }
        public required string Pattern { get; init; }
        public required string Law { get; init; }
    }

    /// <summary>As <see cref="State.Read"/> says.</summary>
    public static State Read(string folder)
    {
        var path = Path.Combine(folder, "state.yaml");
        var file = Read<StateFile>(path);
        Demand(file.Code == Path.GetFileName(folder) && TwoLetters().IsMatch(file.Code), "code", "is the name of the folder: two small letters");
        Demand(file.Name.Length > 0, "name", "is how texts name the state");
        Demand(TwoDigits().IsMatch(file.FipsPrefix), "fipsPrefix", "is two digits in quotation marks");
        Demand(TimeZoneInfo.TryFindSystemTimeZoneById(file.TimeZone, out var zone), "timeZone", "is a zone that this machine knows, as America/Chicago");
        var bounds = new Bounds(file.Bounds.West, file.Bounds.South, file.Bounds.East, file.Bounds.North);
        Demand(bounds.West < bounds.East && bounds.South < bounds.North, "bounds", "is degrees east and north, the west less than the east and the south less than the north");
        Demand(file.AgencyIdentifiers.Prefix.Length == 2, "agencyIdentifiers.prefix", "is two letters");
        Demand(IsPattern(file.ReferralNumber.Form), "referralNumber.form", "is a regular expression");
        Demand(file.Desk.RemindEveryMinutes > 0, "desk.remindEveryMinutes", "is 1 or more");
        Demand(file.OuterLines.NearMeters > 0, "outerLines.nearMeters", "is 1 or more");
        Demand(file.OuterLines.Neighbors.Keys.All(neighbor => Neighbor().IsMatch(neighbor)), "outerLines.neighbors", "is names by two capitals each: a state's postal abbreviation or a country's code");
        Demand(file.NeverOfAChild.Statutes.All(statute => IsPattern(statute.Pattern)) && IsPattern(file.NeverOfAChild.OfAnother), "neverOfAChild", "is statutes with a name, a pattern and the law that says so, and ofAnother; patterns are regular expressions");
        var counties = Path.Combine(folder, "counties.yaml");
        return new State(file.Code, file.Name, file.Sample, file.FipsPrefix, zone!, bounds, [.. Read<Dictionary<string, string>>(counties).Select(CountyOf).OrderBy(c => c.Fips.Text, StringComparer.Ordinal)],
            new(file.AgencyIdentifiers.Prefix, file.AgencyIdentifiers.InManyCounties),
            new($@"\A(?:{file.ReferralNumber.Form})\z", file.ReferralNumber.Says, file.ReferralNumber.Source),
            CourtCalendar.Read(Path.Combine(folder, "court-calendar.yaml")),
            new(TimeSpan.FromMinutes(file.Desk.RemindEveryMinutes)), new(file.OuterLines.NearMeters, file.OuterLines.Neighbors),
            new([.. file.NeverOfAChild.Statutes.Select(statute => new GuardedStatute(statute.Name, Looked(statute.Pattern), statute.Law))], Looked(file.NeverOfAChild.OfAnother)), folder);

        // In texts of whatever length that anybody may send.
        static Regex Looked(string pattern) => new(pattern, RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

        static bool IsPattern(string text)
        {
            try
            {
                return text.Length > 0 && Regex.Match("", text, RegexOptions.None, TimeSpan.FromSeconds(1)) is not null;
            }
            catch (ArgumentException)
            {
                return false;
            }
        }

        void Demand(bool isRight, string key, string rule)
        {
            if (!isRight)
                throw new StartRefusedException($"{path}: {key} is wrong; it {rule}.");
        }

        County CountyOf(KeyValuePair<string, string> county) => FiveDigits().IsMatch(county.Key) && county.Key.StartsWith(file.FipsPrefix, StringComparison.Ordinal)
            ? new(CountyFips.Parse(county.Key), county.Value)
            : throw new StartRefusedException($"{counties}: '{county.Key}' is no county of the state; five digits that begin with {file.FipsPrefix} are.");
    }

    /// <summary>Any of the folder's files, strictly.</summary>
    /// <exception cref="StartRefusedException">It is missing or wrong.</exception>
    public static T Read<T>(string path)
    {
        try
        {
            using var text = File.OpenText(path);
            return new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithEnforceRequiredMembers().WithEnforceNullability().WithDuplicateKeyChecking().Build()
                .Deserialize<T>(text) ?? throw new StartRefusedException($"{path} is empty.");
        }
        catch (IOException missing)
        {
            throw new StartRefusedException($"{path} cannot be read: {missing.Message}");
        }
        catch (YamlException wrong)
        {
            throw new StartRefusedException($"{path}, line {wrong.Start.Line}: {wrong.Message} {wrong.InnerException?.Message}".TrimEnd());
        }
    }

    [GeneratedRegex(@"\A[a-z]{2}\z")]
    public static partial Regex TwoLetters();

    [GeneratedRegex(@"\A[A-Z]{2}\z")]
    private static partial Regex Neighbor();

    [GeneratedRegex(@"\A[0-9]{2}\z")]
    private static partial Regex TwoDigits();

    [GeneratedRegex(@"\A[0-9]{5}\z")]
    private static partial Regex FiveDigits();
}
