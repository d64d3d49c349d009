using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>What a handoff takes from its first message and says to others.</summary>
internal static class HandoffMessages
{
    // A grant outlives the case's first weeks; a county renews it when it opens a case of its own.
    private static readonly TimeSpan GrantLasts = TimeSpan.FromDays(90);

    public static void Begin(this Handoff handoff, HandoffOpened opened, PackSnapshot pack)
    {
        handoff.EncounterId = opened.EncounterId;
        handoff.ReportId = opened.ReportId;
        handoff.Organization = opened.Organization;
        handoff.Role = opened.Role;
        handoff.Basis = opened.Basis;
        handoff.Confidence = opened.Confidence;
        handoff.DistanceToLineMeters = opened.DistanceToLineMeters;
        handoff.Rule = opened.Rule;
        handoff.Urgency = opened.Urgency;
        handoff.Child = opened.Child;
        handoff.OpenedAt = opened.At;
        handoff.AcknowledgeBy = opened.AcknowledgeBy;
        handoff.Pack = pack;
    }

    public static NoticeRequested Notice(this Handoff handoff, NoticeBuilder notices, string type, string organization, DateTimeOffset now) =>
        notices.About(new(SubjectKinds.Handoff, handoff.CorrelationId, $"/v1/handoffs/{handoff.CorrelationId}"), handoff.EncounterId, type, organization, handoff.Urgency, now)
            with
        { ReportId = handoff.ReportId, DueAt = handoff.DueBy };

    /// <summary>Somebody has it: silence is over. Whoever must act is waited for until it accepts.</summary>
    public static void Acknowledge(this Handoff handoff, DateTimeOffset now)
    {
        handoff.AcknowledgedAt = now;
        handoff.EscalationStep = 0;
        if (Roles.MustAct(handoff.Role))
            handoff.AcceptBy = now.AddMinutes(handoff.Pack.AcceptWithinMinutes);
    }

    public static DisclosureGranted Grant(this Handoff handoff, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        GrantId = DeterministicId.Of(handoff.CorrelationId, "grant"),
        Organization = handoff.Organization,
        Tier = Tiers.County,
        LegalBasis = RuleUses.OfGrant(handoff.Role),
        ExpiresAt = now + GrantLasts,
    };

    public static HandoffAcknowledged Acknowledged(this Handoff handoff, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        Role = handoff.Role,
        AcceptBy = handoff.AcceptBy,
    };

    public static HandoffAccepted Accepted(this Handoff handoff, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        Role = handoff.Role,
        Child = handoff.Child,
        Urgency = handoff.Urgency,
    };

    public static HandoffEscalated Escalated(this Handoff handoff, string told, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        Role = handoff.Role,
        Awaited = handoff.AcceptBy is null ? "ACKNOWLEDGMENT" : "ACCEPTANCE",
        Step = handoff.EscalationStep,
        Notified = told,
    };
}
