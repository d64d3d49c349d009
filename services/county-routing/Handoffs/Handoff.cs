using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>One report on its way to one county: from opened until a human there has accepted.</summary>
public sealed class Handoff : ITimedSaga
{
    /// <summary>The handoff's id.</summary>
    public Guid CorrelationId { get; set; }
    /// <summary>The state's name.</summary>
    public string CurrentState { get; set; } = "";
    /// <inheritdoc/>
    public DateTimeOffset StateSince { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    public string CountyFips { get; set; } = "";
    /// <summary>One of <see cref="Roles"/>.</summary>
    public string Role { get; set; } = "";
    /// <summary>One of <see cref="Bases"/>.</summary>
    public string Basis { get; set; } = "";
    /// <summary>One of <see cref="Confidences"/>.</summary>
    public string Confidence { get; set; } = "";
    public double? DistanceToLineMeters { get; set; }
    public string Rule { get; set; } = "";
    /// <summary>One of <see cref="Urgencies"/>.</summary>
    public string Urgency { get; set; } = "";
    /// <summary>Coded facts; nothing that names the child.</summary>
    public ReportedChild Child { get; set; } = null!;
    public DateTimeOffset OpenedAt { get; set; }
    public DateTimeOffset AcknowledgeBy { get; set; }
    public DateTimeOffset? NotifiedAt { get; set; }
    public DateTimeOffset? AcknowledgedAt { get; set; }
    public DateTimeOffset? AcceptedAt { get; set; }
    /// <summary>Subject of the token of whoever accepted.</summary>
    public string? AcceptedBy { get; set; }
    /// <summary>How many rungs of the ladder have been told.</summary>
    public int EscalationStep { get; set; }
    /// <summary>The timer that silence runs against.</summary>
    public Guid? SilenceToken { get; set; }

    /// <summary>The recipient, as in tokens and endpoints.</summary>
    public string Organization => $"county:{CountyFips}";
}
