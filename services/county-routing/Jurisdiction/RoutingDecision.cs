using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary>What routing decided about an encounter: either who gets its reports, or that a person must decide.</summary>
public abstract record RoutingDecision
{
    private RoutingDecision() { }

    /// <summary>The recipients of each report.</summary>
    /// <param name="Reports">In the order of the reports; each has exactly one responder.</param>
    /// <param name="ToConfirm">Why the responder is a guess that a person must confirm, one of <see cref="UndeterminedReasons"/>; null when it is none.</param>
    public sealed record Determined(IReadOnlyList<ReportRouting> Reports, [CodeOf(typeof(UndeterminedReasons))] string? ToConfirm = null) : RoutingDecision
    {
        /// <summary>Who responds.</summary>
        public Recipient Responder => Reports[0].Recipients[0];
    }

    /// <summary>Nothing makes one county likelier than others: it goes to the desk.</summary>
    /// <param name="Reason">One of <see cref="UndeterminedReasons"/>.</param>
    public sealed record Undetermined([CodeOf(typeof(UndeterminedReasons))] string Reason) : RoutingDecision;

    /// <summary>Why a person at the desk must decide, or confirm the responder, or look at what is across an outer line; one of <see cref="UndeterminedReasons"/>, null when none need.</summary>
    [CodeOf(typeof(UndeterminedReasons))]
    public string? WhyAPerson => this is Determined determined ? determined.ToConfirm ?? (OuterLines.Count > 0 ? UndeterminedReasons.NearStateLine : null) : ((Undetermined)this).Reason;

    /// <summary>Other states and countries that begin near the place that decided, the nearest first.</summary>
    public IReadOnlyList<OuterLine> OuterLines { get; init; } = [];

    /// <summary>Where a person must decide, the counties that the stated city and ZIP code allow.</summary>
    public IReadOnlyList<County> Possible { get; init; } = [];

    /// <summary>What was looked at; null when a person decided.</summary>
    public Evidence? Evidence { get; init; }
}

/// <summary>Who gets one report; no organization twice, the responder first.</summary>
public sealed record ReportRouting(ReportedChild Report, IReadOnlyList<Recipient> Recipients)
{
    /// <summary>The responder is only likely: nothing follows from it until a person has acted.</summary>
    public bool IsGuess => Recipients[0].Confidence == Confidences.Low;
}

/// <summary>An organization that gets a report, and why. Counties are one kind of them.</summary>
/// <param name="Organization">As handoffs are addressed, such as <c>county:06037</c>.</param>
/// <param name="Name">Its name; a county's is without "County".</param>
/// <param name="Role">Why it gets it.</param>
/// <param name="Basis">One of <see cref="Bases"/>.</param>
/// <param name="Confidence">One of <see cref="Confidences"/>.</param>
/// <param name="DistanceToLineMeters">
/// From the location to the nearest county line; for a courtesy, to the line with that county. Null when no location in the state decided.
/// </param>
/// <param name="Rule">What chose it.</param>
public sealed record Recipient(Organization Organization, string Name, Role Role, [CodeOf(typeof(Bases))] string Basis, [CodeOf(typeof(Confidences))] string Confidence,
    int? DistanceToLineMeters, RoutingRule Rule)
{
    /// <summary>The county whose pack lists it; null for a county, which has a pack of its own.</summary>
    public Organization? ListedBy { get; init; }

    /// <summary>A county.</summary>
    public Recipient(County county, Role role, string basis, string confidence, int? distanceToLineMeters, RoutingRule rule)
        : this(county.Organization, county.Name, role, basis, confidence, distanceToLineMeters, rule) { }
}
