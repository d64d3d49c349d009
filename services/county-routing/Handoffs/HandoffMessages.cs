using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>What a handoff takes from its first message and says to others.</summary>
internal static class HandoffMessages
{
    // Ours: it outlives the case's first weeks, and whoever still has the case renews it.
    public static readonly TimeSpan GrantLasts = TimeSpan.FromDays(90);

    public static void Begin(this Handoff handoff, HandoffOpened opened, PackSnapshot pack)
    {
        handoff.EncounterId = opened.EncounterId;
        handoff.ReportId = opened.ReportId;
        handoff.Organization = opened.Organization;
        handoff.ListedBy = opened.ListedBy;
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
        handoff.Referrals = opened.Referral?.Hops ?? [];
        handoff.ReferredBy = opened.Referral?.HandoffId;
        handoff.DeskItemId = opened.DeskItemId;
        handoff.OuterLines = opened.OuterLines ?? [];
    }

    public static NoticeRequested Notice(this Handoff handoff, NoticeBuilder notices, string type, Organization organization, DateTimeOffset now) =>
        notices.About(new(SubjectKinds.Handoff, handoff.CorrelationId, $"/v1/handoffs/{handoff.CorrelationId}"), handoff.EncounterId, type, organization, handoff.Urgency, now)
            with
        { ReportId = handoff.ReportId, DueAt = handoff.DueBy, Drill = handoff.IsDrill };

    /// <summary>Somebody has it: silence is over. Whoever must act is waited for until it accepts.</summary>
    public static void Acknowledge(this Handoff handoff, DateTimeOffset now)
    {
        handoff.AcknowledgedAt = now;
        handoff.StopClimbing();
        if (handoff.Role.MustAct())
            handoff.WaitForAcceptance(now);
    }

    /// <summary>Who responds is to determine how soon, where its pack says that this is watched.</summary>
    public static void WaitForDetermination(this Handoff handoff, DateTimeOffset now)
    {
        handoff.DetermineBy = now.AddMinutes(handoff.Pack.DetermineWithinMinutes!.Value);
        handoff.StopClimbing();
    }

    /// <summary>What the ladder was climbed for has come. That the child is seen after the officer's call goes on to be waited for.</summary>
    public static void StopClimbing(this Handoff handoff)
    {
        if (handoff.Climbed != AwaitedActs.ResponseToCall || handoff.SeenAfterCallBy is null)
            handoff.EscalationStep = 0;
    }

    /// <summary>A ladder is climbed for one act at a time: for another it begins anew.</summary>
    public static void AwaitNext(this Handoff handoff)
    {
        if (handoff.Next is { } next && next.Act != handoff.Climbed)
            handoff.EscalationStep = 0;
    }

    public static void WaitForAcceptance(this Handoff handoff, DateTimeOffset now) => handoff.AcceptBy = now.AddMinutes(handoff.Pack.AcceptWithinMinutes);

    /// <summary>What was withdrawn is opened again, with the time that it had.</summary>
    public static void Reopen(this Handoff handoff, DateTimeOffset now)
    {
        handoff.AcknowledgeBy = now + (handoff.AcknowledgeBy - handoff.OpenedAt);
        (handoff.OpenedAt, handoff.AcknowledgedAt, handoff.AcceptBy, handoff.AcceptedAt, handoff.AcceptedBy, handoff.EscalationStep) = (now, null, null, null, null, 0);
        handoff.ReferredBy = null;
        handoff.Renewals++;
    }

    /// <summary>From now on it reads the report.</summary>
    public static DisclosureGranted Grant(this Handoff handoff, DateTimeOffset now)
    {
        handoff.ReadsUntil = now + GrantLasts;
        return new()
        {
            EncounterId = handoff.EncounterId,
            At = now,
            ReportId = handoff.ReportId,
            GrantId = handoff.GrantId(handoff.Renewals),
            Organization = handoff.Organization,
            Tier = Tiers.County,
            LegalBasis = RuleUses.OfGrant(handoff.Role),
            ExpiresAt = handoff.ReadsUntil.Value,
        };
    }

    /// <summary>It reads the report no longer.</summary>
    public static DisclosureEnded EndGrant(this Handoff handoff, DateTimeOffset now)
    {
        handoff.ReadsUntil = null;
        return new() { EncounterId = handoff.EncounterId, At = now, ReportId = handoff.ReportId, GrantId = handoff.GrantId(handoff.Renewals), Organization = handoff.Organization };
    }

    /// <summary>A day is worth a renewal; less is the same request again.</summary>
    public static bool CanRenew(this Handoff handoff, DateTimeOffset now) => handoff.ReadsUntil is null || now + GrantLasts - handoff.ReadsUntil >= TimeSpan.FromDays(1);

    /// <summary>The recipient responds from now on, because a person said so.</summary>
    public static void Confirm(this Handoff handoff, HandoffConfirmed confirmed)
    {
        handoff.Role = confirmed.Role;
        handoff.Basis = Bases.Desk;
        handoff.DeskItemId = confirmed.DeskItemId;
        handoff.Confidence = Confidences.Clear;
        handoff.DistanceToLineMeters = null;
        handoff.Rule = confirmed.Rule;
    }

    /// <summary>Another responds, and the recipient has the part that the report gives it.</summary>
    public static void Remain(this Handoff handoff, HandoffWithdrawn withdrawn) => handoff.Have(withdrawn.RemainsAs!.Value, withdrawn.Rule!);

    /// <summary>The recipient has a part that the report itself says.</summary>
    public static void Have(this Handoff handoff, Role role, string rule)
    {
        handoff.Role = role;
        handoff.Basis = Bases.Explicit;
        handoff.Confidence = Confidences.Clear;
        handoff.DistanceToLineMeters = null;
        handoff.Rule = rule;
        // Whoever referred the report on to it is not relieved by it any more, and the desk need not know. The officer's call is to who responds.
        (handoff.ReferredBy, handoff.DeskItemId, handoff.CalledResponse) = (null, null, null);
    }

    /// <summary>The grant that a renewal gave; 0 for the first one.</summary>
    public static Guid GrantId(this Handoff handoff, int renewal) => DeterministicId.Of(handoff.CorrelationId, renewal == 0 ? "grant" : $"grant {renewal}");

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
        Referral = handoff.Referral,
        Child = handoff.Child,
        Urgency = handoff.Urgency,
    };

    /// <summary>To the desk, about this item.</summary>
    public static JurisdictionClaimed Claimed(this Handoff handoff, Guid deskItem, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        DeskItemId = deskItem,
        Organization = handoff.Organization,
    };

    /// <summary>Who is to respond does not answer, and the state has been told: its desk may give the report to another, until somebody has accepted.</summary>
    public static JurisdictionUndetermined AsksDesk(this Handoff handoff, DateTimeOffset now)
    {
        handoff.DeskItemId = HandoffIds.Silent(handoff.CorrelationId, handoff.OpenedAt);
        return new()
        {
            EncounterId = handoff.EncounterId,
            At = now,
            DeskItemId = handoff.DeskItemId.Value,
            Reason = UndeterminedReasons.CountySilent,
            SuggestedOrganization = handoff.Organization,
            Referral = handoff.Referral,
            OuterLines = handoff.OuterLines is [] ? null : handoff.OuterLines,
            Urgency = handoff.Urgency,
            Reports = [handoff.Child],
        };
    }

    /// <summary>A drill is over: somebody has accepted, or nobody has in time.</summary>
    public static DrillEnded DrillEnded(this Handoff handoff, DateTimeOffset now) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        NotifiedAt = handoff.NotifiedAt,
        AcknowledgedAt = handoff.AcknowledgedAt,
        AcceptedAt = handoff.AcceptedAt,
        RungsTold = handoff.Told.Count,
    };

    /// <summary>One more rung is told: whoever is there at this moment.</summary>
    public static void Climb(this Handoff handoff, CountyDirectory directory, DateTimeOffset now)
    {
        handoff.EscalationStep++;
        var rung = handoff.Ladder.Step(handoff.EscalationStep);
        var (name, phone) = directory.OnDuty(rung);
        var told = new ToldRung(handoff.Awaited, handoff.EscalationStep, rung.Organization, rung.Duty, name, phone, now);
        var again = handoff.EscalationStep > handoff.Ladder.Rungs.Count && handoff.Told is [.., var last] && (last.Awaited, last.Step) == (told.Awaited, told.Step - 1);
        handoff.Told = [.. again ? handoff.Told.SkipLast(1) : handoff.Told, told];
    }

    public static HandoffEscalated Escalated(this Handoff handoff, DateTimeOffset now, DateTimeOffset next) => new()
    {
        EncounterId = handoff.EncounterId,
        At = now,
        ReportId = handoff.ReportId,
        HandoffId = handoff.CorrelationId,
        Organization = handoff.Organization,
        Role = handoff.Role,
        Awaited = handoff.Awaited,
        Step = handoff.EscalationStep,
        Notified = handoff.Told[^1].Organization,
        Duty = handoff.Told[^1].Duty,
        DutyPhone = handoff.Told[^1].Phone,
        NextAt = next,
    };
}
