using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Duplicates;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Shortfalls;
using SafeHarbor.Intake.TelephoneReports;
using SafeHarbor.ServiceDefaults.Sandboxing;
using SafeHarbor.ServiceDefaults.Sealing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Encounters;

/// <summary>Takes a valid submission on: what is stored, sealed, started and published, all in one unit of work.</summary>
public sealed class Acceptance(FingerprintKey fingerprintKey, ClockRules rules, ShortfallRules shortfalls, State state, Sandbox sandbox)
{
    /// <summary>How many keys it takes: one for each child and one for the call.</summary>
    public static int KeysFor(EncounterReport submitted) => submitted.Children!.Count + (submitted.TelephoneReport is null ? 0 : 1);

    /// <returns>The receipt as it is at that moment.</returns>
    public Receipt Accept(EncounterReport submitted, Fingerprints fingerprints, Earlier earlier, TakenKeys keys, DateTimeOffset now, UnitOfWork unit)
    {
        var encounter = Row(submitted, fingerprints, now);
        var reports = submitted.Children!.Select((child, i) => Row(submitted, child!, i + 1, encounter, keys.Next(), now)).ToList();
        foreach (var ((report, marks), alike) in reports.Zip(fingerprints.Children).Zip(earlier.Alike))
            (report.FullName, report.GivenAndBirth, report.MayBeSameAs) = (marks.FullName, marks.GivenAndBirth, alike);
        unit.Add(encounter);
        foreach (var report in reports)
            unit.Add(report);
        unit.Publish(Reported(encounter, reports));
        foreach (var linked in Links.Of(reports, earlier, now))
            unit.Publish(linked);
        return Receipt.Of(encounter, reports, [], StartClocks(submitted, encounter, keys, now, unit), earlier.SameIncident.Select(e => e.EncounterId), state, shortfalls);
    }

    private List<ReportClock> StartClocks(EncounterReport submitted, Encounter encounter, TakenKeys keys, DateTimeOffset now, UnitOfWork unit)
    {
        var id = encounter.EncounterId;
        var written = ReportClock.Start(unit, id, rules.WrittenReport, PlausibleInstant.FirstOf(now, encounter.LearnedAt, encounter.OccurredAt) ?? now, now);
        if (submitted.TelephoneReport is not { } call)
            return [ReportClock.Start(unit, id, rules.TelephoneReport, now, now), written];
        TelephoneReport.Of(call, id, now, keys.Next()).RecordIn(unit);
        return [ReportClock.AddSatisfied(unit, id, rules.TelephoneReport, now, now, TelephoneReport.FingerprintOf(call, id, fingerprintKey)), written];
    }

    private Encounter Row(EncounterReport submitted, Fingerprints fingerprints, DateTimeOffset now) => new()
    {
        EncounterId = Guid.CreateVersion7(now),
        AgencyOri = submitted.Source!.AgencyOri!,
        IncidentNumber = submitted.Source.IncidentNumber!,
        ReceivedAt = now,
        OccurredAt = submitted.OccurredAt,
        LearnedAt = submitted.LearnedAt,
        Latitude = submitted.Location?.Latitude,
        Longitude = submitted.Location?.Longitude,
        AccuracyMeters = submitted.Location?.AccuracyMeters,
        StatedCountyFips = Place.CountyOf(submitted.Location?.CountyFips),
        UnderstoodPlace = state.Places.Understand(submitted.Location?.City, submitted.Location?.Zip),
        HasAddress = ReportedFacts.HasText(submitted.Location?.Address),
        PresentPlace = KeptPlace.Of(submitted.PresentLocation, state.Places),
        CustodyTaken = submitted.Custody?.Taken,
        CustodyTakenAt = submitted.Custody?.TakenAt,
        CustodyGrounds = Distinct(submitted.Custody?.Grounds),
        ImmediateDanger = submitted.ImmediateDanger,
        Urgency = submitted.ImmediateDanger == true || submitted.Custody?.Taken == true ? Urgencies.Immediate : Urgencies.Prompt,
        Test = sandbox.IsOn,
        Content = fingerprints.Content,
    };

    private Report Row(EncounterReport submitted, Child child, int position, Encounter encounter, DataKey key, DateTimeOffset now)
    {
        var id = Guid.CreateVersion7(now);
        var details = SealedJson.Seal(new ReportDetails(
            submitted.Officer, submitted.Location?.Address, submitted.Location?.City, submitted.Location?.Zip,
            new(child.Name, child.Alias, child.DateOfBirth, child.ApproximateAge, child.Tribe, child.Safety?.MedicalAlerts, child.Safety?.Notes, child.Particulars),
            [.. (submitted.Guardians ?? []).OfType<Guardian>()], [.. (submitted.Suspects ?? []).OfType<Suspect>()], submitted.Narrative,
            encounter.PresentPlace is null ? null : new(submitted.PresentLocation?.Address, submitted.PresentLocation?.City, submitted.PresentLocation?.Zip), submitted.Source!.System,
            submitted.JointReporters is null ? null : [.. submitted.JointReporters.OfType<Officer>()], submitted.WorkerSafety), id, key);
        return new()
        {
            ReportId = id,
            EncounterId = encounter.EncounterId,
            AgencyOri = submitted.Source.AgencyOri!,
            Child = position,
            AgeBand = Ages.BandOf(child, submitted, now, state),
            Gender = child.Gender ?? Genders.Unknown,
            Languages = Distinct(child.Languages),
            ResidenceCountyFips = Place.CountyOf(child.ResidenceCountyFips),
            DependencyCountyFips = Place.CountyOf(child.DependencyCountyFips),
            Missing = child.Missing,
            LivesInLicensedHome = child.LivesInLicensedHome,
            ReasonToKnowIndianChild = child.ReasonToKnowIndianChild,
            TribeOrganization = ChildChecks.TribeOf(child.TribeOrganization),
            GuardianUnsafe = child.Safety?.GuardianUnsafe,
            SameChildAs = child.SameChildAs,
            Needs = [.. Distinct(child.Needs).Select(type => new RequestedNeed(Guid.CreateVersion7(now), type))],
            Details = details,
            KeyId = key.Id,
        };
    }

    private static EncounterReported Reported(Encounter encounter, List<Report> reports) => new()
    {
        EncounterId = encounter.EncounterId,
        At = encounter.ReceivedAt,
        AgencyOri = encounter.AgencyOri,
        Location = encounter is { Latitude: { } north, Longitude: { } east } ? new(north, east, encounter.AccuracyMeters) : null,
        StatedCountyFips = encounter.StatedCountyFips,
        StatedPlace = encounter.UnderstoodPlace.Stated(),
        PresentPlace = encounter.PresentPlace is { } now
            ? new(now is { Latitude: { } nowNorth, Longitude: { } nowEast } ? new(nowNorth, nowEast, now.AccuracyMeters) : null, now.StatedCountyFips, now.UnderstoodPlace.Stated())
            : null,
        Urgency = encounter.Urgency,
        CustodyTaken = encounter.CustodyTaken == true,
        Test = encounter.Test,
        Reports = [.. reports.Select(r => new ReportedChild
        {
            ReportId = r.ReportId,
            ReportedAt = encounter.ReceivedAt,
            Child = r.Child,
            AgeBand = r.AgeBand,
            Gender = r.Gender,
            Languages = r.Languages,
            ResidenceCountyFips = r.ResidenceCountyFips,
            DependencyCountyFips = r.DependencyCountyFips,
            Missing = r.Missing == true,
            LivesInLicensedHome = r.LivesInLicensedHome == true,
            ReasonToKnowIndianChild = r.ReasonToKnowIndianChild == true,
            TribeOrganization = r.TribeOrganization,
            AgencyOri = encounter.AgencyOri,
            GuardianUnsafe = r.GuardianUnsafe == true,
            Needs = r.Needs,
        })],
    };

    private static IReadOnlyList<string> Distinct(IReadOnlyList<string?>? codes) => [.. (codes ?? []).OfType<string>().Distinct()];
}
