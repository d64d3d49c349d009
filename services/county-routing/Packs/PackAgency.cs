using System.ComponentModel.DataAnnotations;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>An organization, no county, that takes part in a county and is told of a report in its role: a district attorney, a licensing office, a tribe.</summary>
public sealed record PackAgency
{
    /// <summary>For what it is told; no county's role.</summary>
    public Role Role { get; init; }
    /// <summary>For example <c>da:06037</c>.</summary>
    public Organization Organization { get; init; } = null!;
    /// <summary>Its name, for people.</summary>
    [MaxLength(PackValidation.LongestText)]
    public string Name { get; init; } = "";
    /// <summary>Its number, day and night; null when nobody has given a checked one.</summary>
    public Hotline? Hotline { get; init; }
    /// <summary>How long it may take to acknowledge before silence starts to climb the ladder, in minutes; null for what the law register says of its role.</summary>
    [Range(1, 4320)]
    public int? AcknowledgeWithinMinutes { get; init; }
    /// <summary>Who is told, in turn, when nobody acknowledges; null for itself and then the state.</summary>
    public Escalation? Escalation { get; init; }
}
