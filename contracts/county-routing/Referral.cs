namespace SafeHarbor.Contracts.CountyRouting;

/// <summary>How a report came to a recipient from others, each of whom has referred it on.</summary>
public sealed record Referral
{
    /// <summary>The handoff of who referred it on last, and who stays responsible until the recipient has accepted.</summary>
    public required Guid HandoffId { get; init; }
    /// <summary>Every time it was referred on, the first first; the last is by the organization of <see cref="HandoffId"/>. Never empty.</summary>
    public required IReadOnlyList<ReferralHop> Hops { get; init; }
}

/// <summary>One organization has referred a report on to another.</summary>
/// <param name="From">Who had it, such as <c>county:06037</c>.</param>
/// <param name="To">Whom it was referred on to.</param>
/// <param name="Reason">Why; one of <see cref="Codes.ReferralReasons"/>.</param>
/// <param name="At">When.</param>
public sealed record ReferralHop(Organization From, Organization To, [CodeOf(typeof(Codes.ReferralReasons))] string Reason, DateTimeOffset At);
