using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Intake;

/// <summary>What may be known of a child outside intake: coded facts for routing and matching, tier T0.</summary>
public sealed record ReportedChild
{
    /// <summary>The report about this child; given out by intake.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>When intake received the report.</summary>
    public required DateTimeOffset ReportedAt { get; init; }
    /// <summary>Position in the encounter, from 1.</summary>
    public required int Child { get; init; }
    /// <summary>One of <see cref="Codes.AgeBands"/>.</summary>
    [CodeOf(typeof(Codes.AgeBands))]
    public required string AgeBand { get; init; }
    /// <summary>One of <see cref="Codes.Genders"/>.</summary>
    [CodeOf(typeof(Codes.Genders))]
    public required string Gender { get; init; }
    /// <summary>BCP 47 language tags.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
    /// <summary>County where the child lives.</summary>
    public Codes.CountyFips? ResidenceCountyFips { get; init; }
    /// <summary>County with the child's dependency case.</summary>
    public Codes.CountyFips? DependencyCountyFips { get; init; }
    /// <summary>The child has been reported missing.</summary>
    public bool Missing { get; init; }
    /// <summary>The child lives in a home or facility that is licensed to care for children.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool LivesInLicensedHome { get; init; }
    /// <summary>There is reason to know that the child is an Indian child.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ReasonToKnowIndianChild { get; init; }
    /// <summary>The child's tribe, such as <c>tribe:yurok</c>; null when the report names none by its code.</summary>
    public Organization? TribeOrganization { get; init; }
    /// <summary>The reporting agency's identifier; null in what an earlier version reported.</summary>
    [RegularExpression("[A-Z]{2}[A-Z0-9]{7}")]
    public string? AgencyOri { get; init; }
    /// <summary>A guardian must not be contacted.</summary>
    public bool GuardianUnsafe { get; init; }
    /// <summary>There is no child: it is a drill, and over then. Null for every report.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTimeOffset? DrillEndsAt { get; init; }
    /// <summary>What the child needs; each gets a provider handoff of its own.</summary>
    public IReadOnlyList<RequestedNeed> Needs { get; init; } = [];
}
