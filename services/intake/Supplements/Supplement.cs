using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;

namespace SafeHarbor.Intake.Supplements;

/// <summary>What the agency has added to a report, which itself stays as it was submitted: coded facts in clear, everything else sealed with a key of its own.</summary>
public sealed class Supplement
{
    /// <summary>The constraint that two supplements of a report which are made at the same time meet.</summary>
    public const string NextInReport = "supplements_in_report";
    /// <summary>What a supplement meets when the report's destruction has been ordered meanwhile.</summary>
    public const string NotDestroyed = "supplements_not_destroyed";

    public Guid SupplementId { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    /// <summary>The report's agency: whose it is.</summary>
    public string AgencyOri { get; set; } = "";
    /// <summary>Its number in the report, from 1.</summary>
    public int Sequence { get; set; }
    public DateTimeOffset MadeAt { get; set; }
    public DateTimeOffset? LearnedAt { get; set; }
    public bool? ImmediateDanger { get; set; }
    /// <summary>What it says something of: <see cref="SupplementFacts"/>.</summary>
    public IReadOnlyList<string> Tells { get; set; } = [];
    /// <summary>Coded facts of the child; null when it says none.</summary>
    public SupplementedChild? Child { get; set; }
    /// <summary>Keyed fingerprint of what was added: by it a repetition is recognized.</summary>
    public byte[] Content { get; set; } = [];
    /// <summary>Sealed <see cref="SupplementDetails"/>.</summary>
    public byte[] Details { get; set; } = [];
    /// <summary>The key that sealed them, in the key store; destroyed with the report's.</summary>
    public Guid KeyId { get; set; }

    /// <summary>As its sender sees it.</summary>
    public TakenSupplement Shown => new(SupplementId, ReportId, Sequence, MadeAt, LearnedAt, Tells);
}

/// <summary>A supplement that was taken: nothing of what it says.</summary>
/// <param name="SupplementId">The supplement; given out here.</param>
/// <param name="ReportId">The report that it adds to.</param>
/// <param name="Sequence">Its number in the report, from 1.</param>
/// <param name="MadeAt">When it was received.</param>
/// <param name="LearnedAt">When the agency learned of it; null when it did not say.</param>
/// <param name="Tells">What it says something of.</param>
public sealed record TakenSupplement(Guid SupplementId, Guid ReportId, int Sequence, DateTimeOffset MadeAt, DateTimeOffset? LearnedAt, [CodeOf(typeof(SupplementFacts))] IReadOnlyList<string> Tells);

/// <summary>The personal part of a supplement. It exists in the clear only in memory.</summary>
public sealed record SupplementDetails(
    Officer? Officer, ChildDetails Child, Place? PresentLocation, IReadOnlyList<Guardian> Guardians, IReadOnlyList<Suspect> Suspects, string? Narrative);
