using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Disclosure;

/// <summary>What a caller gets to read of a report. Members that the tier does not allow are null.</summary>
public sealed record DisclosedReport
{
    public required Guid ReportId { get; init; }
    public required Guid EncounterId { get; init; }
    public required string Tier { get; init; }
    public required DisclosedGrant Grant { get; init; }
    /// <summary>The child's first name, or alias.</summary>
    public string? CalledName { get; init; }
    public DisclosedPlace? MeetingPoint { get; init; }
    public required DisclosedSafety Safety { get; init; }
    public DisclosedEncounter? Encounter { get; init; }
    public DisclosedChild? Child { get; init; }
    /// <summary>Other reports that the caller may read and that may be about the same child.</summary>
    public IReadOnlyList<AlikeReport>? MayBeSameAs { get; init; }
    public IReadOnlyList<Guardian>? Guardians { get; init; }
    public IReadOnlyList<Suspect>? Suspects { get; init; }
    public string? Narrative { get; init; }
    public TelephoneCall? TelephoneReport { get; init; }
    /// <summary>The reporter's identity: a right of its own (PC 11167(d)). The desk has the telephone number alone, to ask where the child is.</summary>
    public Officer? Officer { get; init; }

    /// <summary>What the grant allows of a report whose key was not destroyed.</summary>
    public static DisclosedReport Of(Grant grant, bool withReporter, Encounter encounter, Report report, TelephoneReport? call, OpenedKeys keys, LawRegister law)
    {
        var details = SealedJson.Open<ReportDetails>(report.Details, report.ReportId, keys.Find(report.KeyId)!);
        if (grant.Tier == Tiers.Desk)
            return ForDesk(grant, encounter, report, details, law);
        var accepted = new DisclosedReport
        {
            ReportId = report.ReportId,
            EncounterId = report.EncounterId,
            Tier = grant.Tier,
            Grant = new(grant.GrantId, law.Cite(grant.LegalBasis), grant.ExpiresAt),
            CalledName = details.Child.Name?.Given ?? details.Child.Alias,
            MeetingPoint = new(details.Address, details.City),
            Safety = new(report.GuardianUnsafe, details.Child.MedicalAlerts, null),
        };
        if (grant.Tier != Tiers.County)
            return accepted;
        return accepted with
        {
            Safety = accepted.Safety with { Notes = details.Child.SafetyNotes },
            Encounter = new(encounter.AgencyOri, encounter.IncidentNumber, encounter.ReceivedAt, encounter.OccurredAt, encounter.LearnedAt,
                new(encounter.Latitude, encounter.Longitude, encounter.AccuracyMeters, details.Address, details.City, details.Zip, encounter.StatedCountyFips?.Text),
                new(encounter.CustodyTaken, encounter.CustodyTakenAt, encounter.CustodyGrounds), encounter.ImmediateDanger, encounter.Urgency),
            Child = new(report.Child, details.Child.Name, details.Child.Alias, details.Child.DateOfBirth, details.Child.ApproximateAge, report.AgeBand,
                report.Gender, report.Languages, report.ResidenceCountyFips, report.DependencyCountyFips, report.Missing, details.Child.Tribe, report.Needs),
            MayBeSameAs = report.MayBeSameAs,
            Guardians = details.Guardians,
            Suspects = details.Suspects,
            Narrative = details.Narrative,
            TelephoneReport = call is null || keys.Find(call.KeyId) is not { } key ? null : Open(call, key),
            Officer = withReporter ? details.Officer : null,
        };
    }

    /// <summary>What it takes to decide where a report belongs.</summary>
    private static DisclosedReport ForDesk(Grant grant, Encounter encounter, Report report, ReportDetails details, LawRegister law) => new()
    {
        ReportId = report.ReportId,
        EncounterId = report.EncounterId,
        Tier = grant.Tier,
        Grant = new(grant.GrantId, law.Cite(grant.LegalBasis), grant.ExpiresAt),
        Safety = new(null, null, null),
        Encounter = new(encounter.AgencyOri, encounter.IncidentNumber, encounter.ReceivedAt, encounter.OccurredAt, encounter.LearnedAt,
            new(encounter.Latitude, encounter.Longitude, encounter.AccuracyMeters, details.Address, details.City, details.Zip, encounter.StatedCountyFips?.Text),
            null, null, encounter.Urgency),
        Officer = details.Officer is { Phone: { } phone } ? new(null, null, phone) : null,
    };

    private static TelephoneCall Open(TelephoneReport call, DataKey key)
    {
        var details = SealedJson.Open<CallDetails>(call.Details, call.TelephoneReportId, key);
        return new(call.CalledAt, details.Agency, details.Contact, details.ReferralNumber);
    }
}

/// <summary>By what the caller may read.</summary>
/// <param name="GrantId">The grant.</param>
/// <param name="LegalBasis">The rules that it rests on.</param>
/// <param name="ExpiresAt">When it ends.</param>
public sealed record DisclosedGrant(Guid GrantId, IReadOnlyList<CitedRule> LegalBasis, DateTimeOffset ExpiresAt);

public sealed record DisclosedPlace(string? Address, string? City);

public sealed record DisclosedSafety(bool? GuardianUnsafe, string? MedicalAlerts, string? Notes);

public sealed record DisclosedEncounter(string AgencyOri, string IncidentNumber, DateTimeOffset ReceivedAt, DateTimeOffset? OccurredAt,
    DateTimeOffset? LearnedAt, Place Location, Custody? Custody, bool? ImmediateDanger, string Urgency);

public sealed record DisclosedChild(int Position, PersonName? Name, string? Alias, DateOnly? DateOfBirth, int? ApproximateAge, string AgeBand,
    string Gender, IReadOnlyList<string> Languages, CountyFips? ResidenceCountyFips, CountyFips? DependencyCountyFips, bool? Missing, string? Tribe,
    IReadOnlyList<RequestedNeed> Needs);
