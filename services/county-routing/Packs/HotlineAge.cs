using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>How long a number that somebody has checked counts as checked.</summary>
public sealed class HotlineAge(State state)
{
    /// <summary>A number as answers show it: with whether it is to be checked again.</summary>
    public Hotline? Shown(Hotline? hotline, DateOnly today) => hotline is null ? null : OnDay(hotline, today);

    /// <summary>A pack as answers show it: every number in it with that.</summary>
    public ProtocolPack Shown(ProtocolPack pack, DateOnly today) => pack.WithNumbers(number => OnDay(number, today));

    private Hotline OnDay(Hotline hotline, DateOnly today) => hotline with { Stale = state.Law.HavePassed(RuleUses.HotlineCheckLimit, hotline.VerifiedAt, today) };
}

/// <summary>What is known of a county's numbers.</summary>
public static class ContactStates
{
    /// <summary>Nobody has given one for the telephone report that was checked.</summary>
    public const string None = "NONE";
    /// <summary>That one, or one of its roster, was checked so long ago that it is to be checked again.</summary>
    public const string Stale = "STALE";
    /// <summary>They were checked.</summary>
    public const string Checked = "CHECKED";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [None, Stale, Checked];

    /// <summary>Of a pack as it is shown.</summary>
    public static string Of(ProtocolPack pack) => pack.Hotline is null ? None : pack.Hotline.Stale == true || pack.Roster.Any(entry => entry.Telephone?.Stale == true) ? Stale : Checked;
}
