using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using SafeHarbor.CountyRouting.Jurisdiction;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>How one county wants to be reached and how long it may stay silent: data that the county itself keeps. It may be sent back as it was given.</summary>
public sealed record ProtocolPack : IVersioned
{
    /// <summary>The county, five-digit FIPS.</summary>
    public CountyFips CountyFips { get; init; } = null!;
    /// <summary>The county's name, as on the map.</summary>
    [MaxLength(PackValidation.LongestText)]
    public string Name { get; init; } = "";
    /// <summary>Counts up by itself with each pack that is published; 0 is the state's default, which nobody has edited.</summary>
    [JsonIgnore]
    public int Version { get; init; }
    /// <summary>The day, in the state, from which the pack holds; one that is left out or has passed is the day on which it is published.</summary>
    public DateOnly? EffectiveFrom { get; init; }
    /// <summary>The county's 24-hour number for the telephone report; null when nobody has given a checked one.</summary>
    public Hotline? Hotline { get; init; }
    /// <summary>How long the county may take to acknowledge before silence starts to climb the ladder, in minutes.</summary>
    [Range(1, 1440)]
    public int AcknowledgeWithinMinutes { get; init; } = 15;
    /// <summary>Who is told, in turn, when nobody acknowledges.</summary>
    [Required]
    public Escalation Escalation { get; init; } = new();
    /// <summary>How long the county may take to accept, once it has acknowledged, before waiting for it starts to climb a ladder, in minutes. The default is ours.</summary>
    [Range(1, 1440)]
    public int AcceptWithinMinutes { get; init; } = 60;
    /// <summary>Who is told, in turn, when nobody accepts; null for those of <see cref="Escalation"/>.</summary>
    public Escalation? AcceptanceEscalation { get; init; }
    /// <summary>How long the county may take to determine how soon it sees the child, once it has accepted a report to respond to, in minutes; then the ladder of waiting is climbed, the county
    /// itself first. Null when it is not watched: no rule says how long it may take.</summary>
    [Range(1, 10080)]
    public int? DetermineWithinMinutes { get; init; }
    /// <summary>Who has which duty at which hours; rungs of ladders name duties.</summary>
    [MaxLength(PackValidation.MostEntries)]
    public IReadOnlyList<RosterEntry> Roster { get; init => field = value ?? []; } = [];
    /// <summary>When the county's offices are open; null for Monday to Friday, 08:00 to 17:00, which are ours.</summary>
    public BusinessHours? BusinessHours { get; init; }
    /// <summary>Time limits of the responding county within which it sees the child: from the officer's call, or from its determination of a response, whose levels are those of these clocks.</summary>
    [MaxLength(PackValidation.MostEntries)]
    public IReadOnlyList<ResponseLimit> Clocks { get; init => field = value ?? []; } = [];
    /// <summary>Whether a second person at the county must confirm that it responds later than it had determined, or than the report asks for.</summary>
    public bool DowngradeNeedsSecondPerson { get; init; }
    /// <summary>Who else takes part in the county and is told of reports; who is not in here, the reporting agency tells itself.</summary>
    [MaxLength(PackValidation.MostEntries)]
    public IReadOnlyList<PackAgency> Agencies { get; init => field = value ?? []; } = [];
    /// <summary>When the county is drilled every day, and how long it has; null when it is not.</summary>
    public DailyDrill? DailyDrill { get; init; }
    /// <summary>How near its lines are near; null for the defaults.</summary>
    public Bands? Bands { get; init; }
    /// <summary>For how many days without anything happening the details of a report are kept before they are destroyed; null for the state's default.</summary>
    [Range(365, 36500)]
    public int? RetentionDays { get; init; }

    /// <summary>The one of its clocks that the officer's call starts; null when none does.</summary>
    [JsonIgnore]
    public ResponseLimit? AfterCall => Clocks.FirstOrDefault(clock => clock.Start == ClockStarts.OfficerCalled);

    /// <summary>As it is kept: without what follows from the day on which it is shown.</summary>
    internal ProtocolPack Kept => WithNumbers(number => number with { Stale = null });

    /// <summary>The same with every telephone number in it as <paramref name="each"/> gives it.</summary>
    internal ProtocolPack WithNumbers(Func<Hotline, Hotline> each) => this with
    {
        Hotline = Hotline is null ? null : each(Hotline),
        Agencies = [.. Agencies.Select(agency => agency with { Hotline = agency.Hotline is null ? null : each(agency.Hotline) })],
        Roster = [.. Roster.Select(entry => entry with { Telephone = entry.Telephone is null ? null : each(entry.Telephone) })],
    };
}

/// <summary>A telephone number and who vouches for it.</summary>
/// <param name="Phone">As dialled in the state.</param>
/// <param name="Source">Where the number is from.</param>
/// <param name="VerifiedAt">When somebody last called or checked it.</param>
/// <param name="VerifiedBy">Who that was.</param>
/// <param name="Stale">Whether that is so long ago that it is to be checked again. Answers say so; what is sent is ignored.</param>
public sealed record Hotline([MaxLength(PackValidation.LongestNumber)] string Phone, [MaxLength(PackValidation.LongestSource)] string Source, DateOnly VerifiedAt,
    [MaxLength(PackValidation.LongestText)] string VerifiedBy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? Stale = null);
