using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>How long a number that somebody has checked counts as checked.</summary>
public sealed class HotlineAge(State state)
{
    /// <summary>A number as answers show it: with whether it is to be checked again.</summary>
    public Hotline? Shown(Hotline? hotline, DateOnly today) => hotline is null ? null : hotline with { Stale = state.Law.HavePassed(RuleUses.HotlineCheckLimit, hotline.VerifiedAt, today) };
}

/// <summary>What is known of a county's number for the telephone report.</summary>
public static class ContactStates
{
    /// <summary>Nobody has given one that was checked.</summary>
    public const string None = "NONE";
    /// <summary>It was checked so long ago that it is to be checked again.</summary>
    public const string Stale = "STALE";
    /// <summary>It was checked.</summary>
    public const string Checked = "CHECKED";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = [None, Stale, Checked];

    /// <summary>Of a number as it is shown.</summary>
    public static string Of(Hotline? hotline) => hotline switch { null => None, { Stale: true } => Stale, _ => Checked };
}
