using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Notification;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Receipts;

/// <summary>A county that must take over a report, or know of it, and how far it has come. <c>Rule</c> says why for people, <c>Rules</c> what that rests on.</summary>
public sealed record ReceiptHandoff(
    Guid HandoffId, Organization Organization, string? Name, Role Role, string State, bool Escalated, string? Basis, string? Confidence,
    double? DistanceToLineMeters, string? Rule, IReadOnlyList<CitedRule> Rules, ReceiptHotline? Hotline, DateTimeOffset? AcknowledgeBy, DateTimeOffset? AcceptBy)
{
    public const string Open = "OPEN";
    public const string Notified = "NOTIFIED";
    public const string Acknowledged = "ACKNOWLEDGED";
    public const string Accepted = "ACCEPTED";
    /// <summary>The desk gave the report to another county.</summary>
    public const string Withdrawn = "WITHDRAWN";

    /// <summary>It responds, and a person said so or nothing makes it doubtful.</summary>
    public bool Responds => Role == Role.Responder && State != Withdrawn && (Confidence != Confidences.Low || State == Accepted);

    /// <summary>A report's handoffs, the responder's first.</summary>
    public static IEnumerable<ReceiptHandoff> Of(Report report, IReadOnlyList<IEncounterEvent> events, LawRegister law) => events
        .OfType<IHandoffEvent>().Where(e => e.ReportId == report.ReportId)
        .GroupBy(e => e.HandoffId)
        .Select(handoff => Of(handoff.Key, [.. handoff], events, law))
        .OrderByDescending(h => h.Responds).ThenByDescending(h => h.Role == Role.Responder);

    private static ReceiptHandoff Of(Guid id, IReadOnlyList<IHandoffEvent> own, IReadOnlyList<IEncounterEvent> events, LawRegister law)
    {
        // Whatever came first tells the county and the role; the opening tells the rest.
        var opened = own.OfType<HandoffOpened>().FirstOrDefault();
        var confirmed = own.OfType<HandoffConfirmed>().MaxBy(e => e.At);
        var any = confirmed ?? opened ?? own[0];
        var withdrawn = own.OfType<HandoffWithdrawn>().MaxBy(e => e.At);
        // Who does not respond any more may have a part in it all the same.
        var remains = withdrawn is not null && !(confirmed?.At > withdrawn.At) ? withdrawn : null;
        var state = own.Any(e => e is HandoffAccepted) ? Accepted
            : remains is { RemainsAs: null } ? Withdrawn
            : own.Any(e => e is HandoffAcknowledged) ? Acknowledged
            // A notice to another rung of the ladder says nothing about whether the county itself has been told.
            : events.OfType<NoticeDelivered>().Any(e => e.RequestedBy == id && e.Organization == any.Organization) ? Notified
            : Open;
        var (role, basis, confidence, distance, rule) = remains is { RemainsAs: { } part } ? (part, Bases.Explicit, Confidences.Clear, null, remains.Rule)
            : confirmed is not null ? (confirmed.Role, Bases.Desk, Confidences.Clear, null, confirmed.Rule)
            : (any.Role, opened?.Basis, opened?.Confidence, opened?.DistanceToLineMeters, opened?.Rule);
        return new(id, any.Organization, opened?.OrganizationName, role, state, own.Any(e => e is HandoffEscalated), basis, confidence, distance, rule,
            law.For(RuleUses.OfRole(role)), opened?.HotlinePhone is { } phone ? new(phone, opened.HotlineVerifiedAt) : null, opened?.AcknowledgeBy,
            own.OfType<HandoffAcknowledged>().FirstOrDefault()?.AcceptBy);
    }
}

public sealed record ReceiptHotline(string Phone, DateOnly? VerifiedAt);
