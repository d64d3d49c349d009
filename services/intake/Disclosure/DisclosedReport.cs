using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Retractions;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.Intake.Whereabouts;
using SafeHarbor.Intake.Workers;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>What a caller gets to read of a report. Members that the tier does not allow are null.</summary>
public sealed record DisclosedReport
{
    /// <summary>The report.</summary>
    public required Guid ReportId { get; init; }
    /// <summary>Its encounter.</summary>
    public required Guid EncounterId { get; init; }
    /// <summary>How much of it the caller may read.</summary>
    [CodeOf(typeof(Tiers))]
    public required string Tier { get; init; }
    /// <summary>By what.</summary>
    public required DisclosedGrant Grant { get; init; }
    /// <summary>The child's first name, or alias, as it was told last.</summary>
    public string? CalledName { get; init; }
    /// <summary>Where the child is to be met: where it is now, as it was told last, else where it was found.</summary>
    public DisclosedPlace? MeetingPoint { get; init; }
    /// <summary>What whoever meets the child must know: of the report and of all that was added to it.</summary>
    public required DisclosedSafety Safety { get; init; }
    /// <summary>With whom the child is, and to whom it goes next; not for the desk.</summary>
    public ToldWhereabouts? Whereabouts { get; init; }
    /// <summary>Of each county that has named one, the worker who has the case, the newest first; not for the desk. Their numbers of the report are for counties.</summary>
    public IReadOnlyList<AssignedWorker>? Workers { get; init; }
    /// <summary>That the agency has taken the report back; null while it has not. What it says is what was submitted all the same.</summary>
    public DisclosedRetraction? Retraction { get; init; }
    /// <summary>What the agency has added since, in the order in which it did, as far as the caller may read it. The members below say what was submitted, which never changes.</summary>
    public IReadOnlyList<DisclosedSupplement> Supplements { get; init; } = [];
    /// <summary>What was reported of the encounter; for counties and the desk.</summary>
    public DisclosedEncounter? Encounter { get; init; }
    /// <summary>What was reported of the child; for counties.</summary>
    public DisclosedChild? Child { get; init; }
    /// <summary>Other reports that the caller may read and that may be about the same child.</summary>
    public IReadOnlyList<AlikeReport>? MayBeSameAs { get; init; }
    /// <summary>Parents and guardians; for counties.</summary>
    public IReadOnlyList<Guardian>? Guardians { get; init; }
    /// <summary>Who may have harmed the child; for counties.</summary>
    public IReadOnlyList<Suspect>? Suspects { get; init; }
    /// <summary>The officer's narrative; for counties.</summary>
    public string? Narrative { get; init; }
    /// <summary>The call to the county, when one was recorded; for counties.</summary>
    public TelephoneCall? TelephoneReport { get; init; }
    /// <summary>The reporter's identity: a right of its own (PC 11167(d)). The desk has the telephone number alone, to ask where the child is.</summary>
    public Officer? Officer { get; init; }
    /// <summary>Officers who have reported together with that one: as that one's identity.</summary>
    public IReadOnlyList<Officer>? JointReporters { get; init; }

    /// <summary>What the grant allows of a report whose key was not destroyed.</summary>
    internal static DisclosedReport Of(Grant grant, bool withReporter, Encounter encounter, Report report, TelephoneReport? call, Telling? told, IReadOnlyList<Worker> workers,
        IReadOnlyList<OpenedSupplement> supplements, OpenedKeys keys, LawRegister law)
    {
        var details = SealedJson.Open<ReportDetails>(report.Details, report.ReportId, keys.Find(report.KeyId)!);
        if (grant.Tier == Tiers.Desk)
            return ForDesk(grant, encounter, report, details, supplements, law);
        var accepted = new DisclosedReport
        {
            ReportId = report.ReportId,
            EncounterId = report.EncounterId,
            Tier = grant.Tier,
            Grant = new(grant.GrantId, law.Cite(grant.LegalBasis), grant.ExpiresAt),
            CalledName = CalledNameOf([details.Child, .. supplements.Select(s => s.Details.Child)]),
            MeetingPoint = supplements.Select(s => s.MeetingPoint).LastOrDefault(place => place is not null)
                ?? (details.PresentPlace is { } now ? new(now.Address, now.City) : new(details.Address, details.City)),
            Safety = new(supplements.Select(s => s.Row.Child?.GuardianUnsafe).LastOrDefault(told => told is not null) ?? report.GuardianUnsafe,
                AllOf([details.Child.MedicalAlerts, .. supplements.Select(s => s.Details.Child.MedicalAlerts)]), null),
            Supplements = [.. supplements.Where(s => s.IsFor(grant.Tier)).Select(s => DisclosedSupplement.Of(s, grant.Tier, withReporter))],
            Whereabouts = ToldWhereabouts.LatestOf([.. ToldWhereabouts.OfCustody(encounter), .. told is null ? [] : new[] { told.Shown }]),
            Workers = AssignedWorker.Of(workers, keys, withReferralNumber: grant.Tier == Tiers.County),
        };
        if (grant.Tier != Tiers.County)
            return accepted;
        return accepted with
        {
            Safety = accepted.Safety with { Notes = AllOf([details.Child.SafetyNotes, .. supplements.Select(s => s.Details.Child.SafetyNotes)]) },
            Encounter = new(encounter.AgencyOri, encounter.IncidentNumber, encounter.ReceivedAt, encounter.OccurredAt, encounter.LearnedAt,
                new(encounter.Latitude, encounter.Longitude, encounter.AccuracyMeters, details.Address, details.City, details.Zip, encounter.StatedCountyFips?.Text), PresentOf(encounter, details),
                new(encounter.CustodyTaken, encounter.CustodyTakenAt, encounter.CustodyGrounds), encounter.ImmediateDanger, encounter.Urgency, details.System, details.WorkerSafety),
            Child = new(report.Child, details.Child.Name, details.Child.Alias, details.Child.DateOfBirth, details.Child.ApproximateAge, report.AgeBand,
                report.Gender, report.Languages, report.ResidenceCountyFips, report.DependencyCountyFips, report.Missing, report.LivesInLicensedHome, report.ReasonToKnowIndianChild,
                details.Child.Tribe, report.TribeOrganization, report.Needs, details.Child.Particulars),
            MayBeSameAs = report.MayBeSameAs,
            Guardians = details.Guardians,
            Suspects = details.Suspects,
            Narrative = details.Narrative,
            TelephoneReport = call is null || keys.Find(call.KeyId) is not { } key ? null : Open(call, key),
            Officer = withReporter ? details.Officer : null,
            JointReporters = withReporter ? details.JointReporters : null,
        };
    }

    /// <summary>What it takes to decide where a report belongs.</summary>
    private static DisclosedReport ForDesk(Grant grant, Encounter encounter, Report report, ReportDetails details, IReadOnlyList<OpenedSupplement> supplements, LawRegister law) => new()
    {
        ReportId = report.ReportId,
        EncounterId = report.EncounterId,
        Tier = grant.Tier,
        Grant = new(grant.GrantId, law.Cite(grant.LegalBasis), grant.ExpiresAt),
        Safety = new(null, null, null),
        Supplements = [.. supplements.Where(s => s.IsFor(grant.Tier)).Select(s => DisclosedSupplement.Of(s, grant.Tier, withReporter: false))],
        Encounter = new(encounter.AgencyOri, encounter.IncidentNumber, encounter.ReceivedAt, encounter.OccurredAt, encounter.LearnedAt,
            new(encounter.Latitude, encounter.Longitude, encounter.AccuracyMeters, details.Address, details.City, details.Zip, encounter.StatedCountyFips?.Text), PresentOf(encounter, details),
            null, null, encounter.Urgency, null, null),
        Officer = details.Officer is { Phone: { } phone } ? new(null, null, phone) : null,
    };

    private static string? CalledNameOf(IReadOnlyList<ChildDetails> told) =>
        told.Select(child => child.Name?.Given).LastOrDefault(ReportedFacts.HasText) ?? told.Select(child => child.Alias).LastOrDefault(ReportedFacts.HasText);

    // One that is said later does not take back what was said before: whoever meets the child needs all of it.
    private static string? AllOf(IEnumerable<string?> told) => told.Where(ReportedFacts.HasText).ToList() is { Count: > 0 } said ? string.Join('\n', said) : null;

    private static Place? PresentOf(Encounter encounter, ReportDetails details) => encounter.PresentPlace is not { } now ? null
        : new(now.Latitude, now.Longitude, now.AccuracyMeters, details.PresentPlace?.Address, details.PresentPlace?.City, details.PresentPlace?.Zip, now.StatedCountyFips?.Text);

    private static TelephoneCall Open(TelephoneReport call, DataKey key)
    {
        var details = SealedJson.Open<CallDetails>(call.Details, call.TelephoneReportId, key);
        return new(call.CalledAt, details.Agency, details.Contact, details.ReferralNumber, call.Organization?.Text);
    }
}

/// <summary>By what the caller may read.</summary>
/// <param name="GrantId">The grant.</param>
/// <param name="LegalBasis">The rules that it rests on.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record DisclosedGrant(Guid GrantId, IReadOnlyList<CitedRule> LegalBasis, DateTimeOffset ExpiresAt);

/// <summary>That the agency has taken the report back. Whoever has it decides what follows.</summary>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
/// <param name="OtherReportId">The agency's report that stays, of a duplicate; for counties.</param>
public sealed record DisclosedRetraction([CodeOf(typeof(RetractionReasons))] string Reason, DateTimeOffset At, Guid? OtherReportId)
{
    internal static DisclosedRetraction? Of(Retraction? retraction, string tier) =>
        retraction is null ? null : new(retraction.Reason, retraction.RetractedAt, tier == Tiers.County ? retraction.OtherReportId : null);
}

/// <summary>A place to meet.</summary>
/// <param name="Address">Street and number.</param>
/// <param name="City">City.</param>
public sealed record DisclosedPlace(string? Address, string? City);

/// <summary>What whoever meets the child must know. Null is not known, or not for the caller.</summary>
/// <param name="GuardianUnsafe">A guardian must not be contacted.</param>
/// <param name="MedicalAlerts">Allergies, medication, injuries.</param>
/// <param name="Notes">What else; for counties.</param>
public sealed record DisclosedSafety(bool? GuardianUnsafe, string? MedicalAlerts, string? Notes);

/// <summary>An encounter as it was reported. Null is not known, or not for the caller.</summary>
/// <param name="AgencyOri">The reporting agency's originating identifier.</param>
/// <param name="IncidentNumber">Its own number of the incident.</param>
/// <param name="ReceivedAt">When the report was received.</param>
/// <param name="OccurredAt">When it happened.</param>
/// <param name="LearnedAt">When the officer learned of it.</param>
/// <param name="Location">Where the child was found.</param>
/// <param name="PresentLocation">Where the child is now, when that is elsewhere.</param>
/// <param name="Custody">Protective custody of the child.</param>
/// <param name="ImmediateDanger">The child is in danger.</param>
/// <param name="Urgency">How fast somebody must act.</param>
/// <param name="System">The sending system, as the agency named it.</param>
/// <param name="WorkerSafety">What a worker who goes there must know to be safe.</param>
public sealed record DisclosedEncounter(string AgencyOri, string IncidentNumber, DateTimeOffset ReceivedAt, DateTimeOffset? OccurredAt,
    DateTimeOffset? LearnedAt, Place Location, Place? PresentLocation, Custody? Custody, bool? ImmediateDanger, [CodeOf(typeof(Urgencies))] string Urgency, string? System, string? WorkerSafety);

/// <summary>A child as it was reported. Null is not known.</summary>
/// <param name="Position">Its position in the encounter, from 1.</param>
/// <param name="Name">Its name.</param>
/// <param name="Alias">Another name that it goes by.</param>
/// <param name="DateOfBirth">Its date of birth.</param>
/// <param name="ApproximateAge">Its age in whole years, as the officer judged it.</param>
/// <param name="AgeBand">The band of its age on the day of the encounter.</param>
/// <param name="Gender">Its gender.</param>
/// <param name="Languages">BCP 47 tags of the languages that it speaks.</param>
/// <param name="ResidenceCountyFips">The county where it lives.</param>
/// <param name="DependencyCountyFips">The county with its dependency case.</param>
/// <param name="Missing">It has been reported missing.</param>
/// <param name="LivesInLicensedHome">It lives in a home or facility that is licensed to care for children.</param>
/// <param name="ReasonToKnowIndianChild">There is reason to know that it is an Indian child.</param>
/// <param name="Tribe">Its tribe, in words.</param>
/// <param name="TribeOrganization">Its tribe as it is known here.</param>
/// <param name="Needs">What it needs.</param>
/// <param name="Particulars">What was reported besides, for the written report, and what was done for it.</param>
public sealed record DisclosedChild(int Position, PersonName? Name, string? Alias, DateOnly? DateOfBirth, int? ApproximateAge, [CodeOf(typeof(AgeBands))] string AgeBand,
    [CodeOf(typeof(Genders))] string Gender, IReadOnlyList<string> Languages, CountyFips? ResidenceCountyFips, CountyFips? DependencyCountyFips, bool? Missing,
    bool? LivesInLicensedHome, bool? ReasonToKnowIndianChild, string? Tribe, Organization? TribeOrganization,
    IReadOnlyList<RequestedNeed> Needs, ChildParticulars? Particulars);
