using System.Text.Json.Serialization;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.ServiceDefaults.Clocks;

namespace SafeHarbor.ServiceDefaults.States;

/// <summary>
/// The state that this installation is for, as its folder <c>states/&lt;code&gt;</c> says; nothing in code knows one. Immutable, a singleton of every service,
/// chosen by the setting <c>State:Code</c>.
/// </summary>
/// <param name="Code">Its postal abbreviation in small letters.</param>
/// <param name="Name">As texts name it.</param>
/// <param name="IsSample">It is not for use: no service starts for it in Production.</param>
/// <param name="FipsPrefix">The two digits with which the FIPS codes of its counties begin.</param>
/// <param name="TimeZone">In which its days are counted.</param>
/// <param name="Bounds">All of it lies in there.</param>
/// <param name="Counties">All of them, by FIPS.</param>
/// <param name="AgencyIdentifiers">What an agency's ORI says of its county.</param>
/// <param name="ReferralNumber">How its case system numbers what is reported to a county.</param>
/// <param name="Courts">On which days its courts sit.</param>
/// <param name="Desk">The people who decide what routing cannot.</param>
/// <param name="OuterLines">What begins beyond the state, and how near that is said.</param>
/// <param name="NeverOfAChild">With what no text may charge a child.</param>
/// <param name="Folder">Where its other files are: map, packs, register.</param>
public sealed record State(string Code, string Name, bool IsSample, string FipsPrefix, TimeZoneInfo TimeZone, Bounds Bounds, IReadOnlyList<County> Counties,
    AgencyIdentifiers AgencyIdentifiers, ReferralNumber ReferralNumber, CourtCalendar Courts, Desk Desk, OuterLines OuterLines, NeverOfAChild NeverOfAChild, string Folder)
{
    private readonly Lazy<LawRegister> _law = new(() => LawRegister.Read(Path.Combine(Folder, "law.yaml")));

    private readonly Lazy<Places> _places = new(() => Places.Read(Path.Combine(Folder, "places.json"), Counties));

    /// <summary>Its law register; read when it is first asked for, at the start of a service at the latest.</summary>
    /// <exception cref="Hosting.StartRefusedException">The file is missing or wrong.</exception>
    public LawRegister Law => _law.Value;

    /// <summary>In which of its counties its cities and ZIP codes can be; read when it is first asked for, at the start of a service that looks places up.</summary>
    /// <exception cref="Hosting.StartRefusedException">The file is wrong.</exception>
    public Places Places => _places.Value;

    /// <summary>The state's own organization, which keeps the desk: the only one of its kind that may do anything here.</summary>
    public Organization Organization { get; } = Organization.Parse($"{Organization.State}:{Code}");

    /// <summary>The organizations of its counties: to these is bound what the state may do.</summary>
    public IReadOnlyList<Organization> CountyOrganizations { get; } = [.. Counties.Select(county => county.Organization)];

    /// <summary>Reads a state's folder, which is named by the state's code.</summary>
    /// <exception cref="Hosting.StartRefusedException">A file is missing or wrong; the message names file, line and key.</exception>
    public static State Read(string folder) => StateFile.Read(folder);

    /// <summary>The county with this FIPS code; null when the state has none.</summary>
    public County? County(CountyFips? fips) => Counties.FirstOrDefault(county => county.Fips == fips);

    /// <summary>The county that an agency's identifier (ORI) tells; null when it tells none. It is not the child's: a hint for the desk, never a decision.</summary>
    public County? CountyOfAgency(string? ori) =>
        AgencyIdentifiers.CountyNumberOf(ori) is { } number && number >= 1 && number <= Counties.Count ? Counties[number - 1] : null;

    /// <summary>The first instant of a day in its zone; the day before has ended then.</summary>
    public DateTimeOffset StartOf(DateOnly day) => InstantOf(day, TimeOnly.MinValue);

    /// <summary>When its clocks show this time on this day; where they jump over it, when they have.</summary>
    public DateTimeOffset InstantOf(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time);
        while (TimeZone.IsInvalidTime(local))
            local = local.AddMinutes(1);
        return new DateTimeOffset(local, TimeZone.GetUtcOffset(local)).ToUniversalTime();
    }

    /// <summary>The state's day at an instant, whatever offset a sender writes its instants with and whatever zone a server is in: ages, contracts, court days
    /// and nights are counted by it.</summary>
    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, TimeZone).DateTime);

    /// <summary>The path of one of its files, such as <c>law.yaml</c>.</summary>
    public string PathOf(string file) => Path.Combine(Folder, file);
}

/// <summary>A county.</summary>
/// <param name="Fips">The state's two digits, then the county's three.</param>
/// <param name="Name">The name without "County".</param>
public sealed record County([property: JsonPropertyName("countyFips")] CountyFips Fips, string Name)
{
    /// <summary>Its child welfare agency, to which its handoffs are addressed: <c>county:</c> and the code.</summary>
    public Organization Organization { get; } = Organization.Of(Fips);
}

/// <summary>Between which degrees a state lies. What is outside is not in the state; what is inside need not be: that the map alone knows.</summary>
/// <param name="West">Degrees east of its westernmost point.</param>
/// <param name="South">Degrees north of its southernmost point.</param>
/// <param name="East">Degrees east of its easternmost point.</param>
/// <param name="North">Degrees north of its northernmost point.</param>
public sealed record Bounds(double West, double South, double East, double North)
{
    /// <summary>Whether a point is within them.</summary>
    public bool Hold(double latitude, double longitude) => latitude >= South && latitude <= North && longitude >= West && longitude <= East;
}

/// <summary>The form of the numbers that counties give to reports in the state's case system.</summary>
/// <param name="Pattern">A regular expression that all of the number fits.</param>
/// <param name="Says">The same in words, as "numbers of 19 digits".</param>
/// <param name="Source">Where the form is from.</param>
public sealed record ReferralNumber(string Pattern, string Says, string Source);

/// <summary>The state's desk.</summary>
/// <param name="RemindEvery">After what time it is told again of an item that still waits.</param>
public sealed record Desk(TimeSpan RemindEvery);

/// <summary>The lines with other states and with countries.</summary>
/// <param name="NearMeters">So near one, in meters, a decision about the county says so. Ours, not law.</param>
/// <param name="Neighbors">What begins beyond them, by postal abbreviation or country code, as texts name it.</param>
public sealed record OuterLines(int NearMeters, IReadOnlyDictionary<string, string> Neighbors)
{
    /// <summary>As texts name it; the code where the state's files do not.</summary>
    public string NameOf(string neighbor) => Neighbors.GetValueOrDefault(neighbor, neighbor);
}
