using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace SafeHarbor.Contracts.Intake;

/// <summary>
/// An officer's encounter report was accepted. Published by intake in the transaction that stores and seals it.
/// Carries what routing and matching need and nothing that names a person.
/// </summary>
[Message("encounter.reported.v1", From = [Services.Intake], To = [Queues.Jurisdiction])]
public sealed record EncounterReported : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <summary>When intake received it.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>FBI/DOJ originating agency identifier of the reporting agency, nine characters.</summary>
    [RegularExpression("[A-Z]{2}[A-Z0-9]{7}")]
    public required string AgencyOri { get; init; }
    /// <summary>Where the child was found; null when not known.</summary>
    public FoundLocation? Location { get; init; }
    /// <summary>County that the report itself names.</summary>
    public Codes.CountyFips? StatedCountyFips { get; init; }
    /// <summary>What the stated city and ZIP code say of the county; null when they say nothing.</summary>
    public StatedPlace? StatedPlace { get; init; }
    /// <summary>Where the child is now, when that is not where it was found; null when it is, or that is not known.</summary>
    public PresentPlace? PresentPlace { get; init; }
    /// <summary>One of <see cref="Codes.Urgencies"/>.</summary>
    [CodeOf(typeof(Codes.Urgencies))]
    public required string Urgency { get; init; }
    /// <summary>The child is in protective custody (WIC 305).</summary>
    public bool CustodyTaken { get; init; }
    /// <summary>It was reported in a sandbox, and nobody was encountered; left out everywhere else.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Test { get; init; }
    /// <summary>One report per child, in the order of the encounter.</summary>
    public required IReadOnlyList<ReportedChild> Reports { get; init; }
}
