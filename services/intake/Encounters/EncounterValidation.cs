using SafeHarbor.Intake.Supplements;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Encounters;

/// <summary>
/// What is wrong in a submission, all of it at once. What is merely unknown is never wrong: a report must be taken with what the officer knows
/// (PC 11167(a)).
/// </summary>
public sealed partial class EncounterValidation(DateTimeOffset now, State state)
{
    /// <summary>What is wrong with a report, at this moment in this state.</summary>
    public static ValidationErrors Of(EncounterReport report, HttpContext http) => In(http).Check(report);

    /// <summary>The same for a telephone report that is a body of its own.</summary>
    public static ValidationErrors Of(TelephoneCall call, HttpContext http) => In(http).Check(call, "");

    /// <summary>The same for what is added to a report.</summary>
    public static ValidationErrors Of(NewSupplement supplement, HttpContext http) => In(http).Check(supplement);

    private static EncounterValidation In(HttpContext http) =>
        new(http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow(), http.RequestServices.GetRequiredService<State>());

    public ValidationErrors Check(EncounterReport report)
    {
        CheckSource(report.Source);
        // A clock that is wrong must not refuse a child's report: one of the two is enough, and what else is implausible is taken and marked (Shortfalls).
        if (report.HappenedAt(now) is null)
        {
            Instant("/occurredAt", report.OccurredAt);
            Instant("/learnedAt", report.LearnedAt);
        }
        if (report.OccurredAt is null && report.LearnedAt is null)
            _errors.Add("/occurredAt", "required", "Give occurredAt or learnedAt (or both): when it happened, or when the officer learned of it.");
        CheckPlace("/location", report.Location);
        CheckPlace("/presentLocation", report.PresentLocation);
        Codes("/custody/grounds", report.Custody?.Grounds, CustodyGrounds.All);
        if (report.TelephoneReport is { } call)
            Check(call, "/telephoneReport");
        CheckChildren(report);
        CheckPeople(report.Officer, report.Guardians, report.Suspects);
        Each("/jointReporters", report.JointReporters, Permitted.JointReporters, CheckOfficer);
        Said("/narrative", report.Narrative, Permitted.Narrative);
        Said("/workerSafety", report.WorkerSafety, Permitted.Notes);
        return _errors;
    }

    /// <summary>By the same checks as a report, but for the child's age on the day of the encounter, which only the report knows: <see cref="CheckAge"/>.</summary>
    public ValidationErrors Check(NewSupplement supplement)
    {
        CheckPlace("/presentLocation", supplement.PresentLocation);
        if (supplement.Child is { } child)
            CheckChild("/child", child.AsReported(), DateOnly.MinValue);
        CheckPeople(supplement.Officer, supplement.Guardians, supplement.Suspects);
        Said("/narrative", supplement.Narrative, Permitted.Narrative);
        if (!_errors.Any && supplement.Told().Count == 0)
            _errors.Add("", "required", "Say at least one thing that is news: of the child, where it is now, guardians, suspects, or in the narrative.");
        return _errors;
    }

    /// <summary>Whether a date of birth that was learned later is a child's, on the day of its encounter.</summary>
    public static ValidationErrors CheckAge(NewSupplement supplement, DateOnly encounteredOn)
    {
        var errors = new ValidationErrors();
        if (supplement.Child?.DateOfBirth is { } born && Ages.On(encounteredOn, born) > Permitted.OldestInCare)
            errors.Add("/child/dateOfBirth", "not-a-child", NotAChild);
        return errors;
    }

    public ValidationErrors Check(TelephoneCall call, string at)
    {
        if (call.CalledAt is null)
            _errors.Add($"{at}/calledAt", "required", "Say when the call was made.");
        Instant($"{at}/calledAt", call.CalledAt);
        Text($"{at}/agency", call.Agency);
        Text($"{at}/contact", call.Contact);
        Text($"{at}/referralNumber", call.ReferralNumber);
        if (call.Organization is { } called && !(Organization.TryParse(called, out var organization) && organization.Kind is Organization.County or Organization.LawEnforcement))
            _errors.Add($"{at}/organization", "not-an-organization", $"Give who was called as a code, such as {state.Counties[0].Organization}, or le: and an agency's ORI; or leave it out.");
        return _errors;
    }

    private void CheckPeople(Officer? officer, IReadOnlyList<Guardian?>? guardians, IReadOnlyList<Suspect?>? suspects)
    {
        if (officer is not null)
            CheckOfficer("/officer", officer);
        Each("/guardians", guardians, Permitted.Guardians, (at, guardian) =>
        {
            Text($"{at}/phone", guardian.Phone);
            Text($"{at}/address", guardian.Address, Permitted.Address);
            Text($"{at}/relationship", guardian.Relationship);
            Text($"{at}/businessPhone", guardian.BusinessPhone);
            CheckPerson(at, guardian.Name, guardian.ApproximateAge, guardian.Gender, guardian.Ethnicity);
        });
        Each("/suspects", suspects, Permitted.Suspects, (at, suspect) =>
        {
            Text($"{at}/description", suspect.Description, Permitted.Notes);
            Code($"{at}/role", suspect.Role, SuspectRoles.All);
            Text($"{at}/address", suspect.Address, Permitted.Address);
            Text($"{at}/phone", suspect.Phone);
            CheckPerson(at, suspect.Name, suspect.ApproximateAge, suspect.Gender, suspect.Ethnicity);
        });
    }

    private void CheckOfficer(string at, Officer officer)
    {
        Text($"{at}/name", officer.Name);
        Text($"{at}/badge", officer.Badge);
        Text($"{at}/phone", officer.Phone);
        Text($"{at}/title", officer.Title);
        Text($"{at}/capacity", officer.Capacity);
        Text($"{at}/agency", officer.Agency);
        Text($"{at}/agencyAddress", officer.AgencyAddress, Permitted.Address);
    }

    private void CheckPerson(string at, string? name, int? age, string? gender, string? ethnicity)
    {
        Text($"{at}/name", name);
        if (age is < 0 or > Permitted.OldestPerson)
            _errors.Add($"{at}/approximateAge", "out-of-range", $"An age is a whole number of years from 0 to {Permitted.OldestPerson}. Leave it out when it is not known.");
        Code($"{at}/gender", gender, Genders.All);
        Text($"{at}/ethnicity", ethnicity);
    }

    private void CheckSource(Source? source)
    {
        if (source?.AgencyOri is not { } ori)
            _errors.Add("/source/agencyOri", "required", PlaceChecks.OriForm);
        else if (!PlaceChecks.IsOri(ori))
            _errors.Add("/source/agencyOri", "wrong-form", PlaceChecks.OriForm);
        Required("/source/incidentNumber", source?.IncidentNumber, IncidentNumber(),
            "Give the agency's own number: 2 to 40 letters, digits and . / _ -, beginning with a letter or digit, with at least two digits, at most eight letters beyond F, and no blank. It is no place for words.");
        Form("/source/system", source?.System, SystemName(), "Name the sending system with 1 to 64 letters, digits, blanks and . _ -, or leave it out.");
    }

    private void CheckPlace(string at, Place? place)
    {
        if (place is null)
            return;
        _errors.CheckPlace(at, state, new(place.Latitude, place.Longitude, place.AccuracyMeters, place.City, place.Zip, place.CountyFips));
        Text($"{at}/address", place.Address, Permitted.Address);
    }

    private void CheckChildren(EncounterReport report)
    {
        if (report.Children is not { Count: > 0 })
            _errors.Add("/children", "required", "Give one entry for each child; it may be {} when nothing is known yet.");
        var encounteredOn = state.DayOf(report.HappenedAt(now) ?? now);
        Each("/children", report.Children, Permitted.Children, (at, child) => CheckChild(at, child, encounteredOn));
    }

    private void CheckChild(string at, Child child, DateOnly encounteredOn)
    {
        Text($"{at}/name/given", child.Name?.Given);
        Text($"{at}/name/family", child.Name?.Family);
        Said($"{at}/alias", child.Alias);
        if (child.DateOfBirth > state.DayOf(now))
            _errors.Add($"{at}/dateOfBirth", "in-the-future", "A date of birth is not in the future. Leave it out when it is not known.");
        else if (child.DateOfBirth is { } born && Ages.On(encounteredOn, born) > child.Oldest)
            _errors.Add($"{at}/dateOfBirth", "not-a-child", NotAChild);
        if (child.ApproximateAge > child.Oldest)
            _errors.Add($"{at}/approximateAge", "not-a-child", NotAChild);
        else if (child.ApproximateAge < 0)
            _errors.Add($"{at}/approximateAge", "out-of-range", "A child's age is a whole number of years from 0. Leave it out when it is not known.");
        Code($"{at}/gender", child.Gender, Genders.All);
        Each($"{at}/languages", child.Languages, Permitted.Languages, (language, text) =>
        {
            if (!LanguageTags.TryCanonicalize(text, out _))
                _errors.Add(language, "unknown-language", LanguageTags.Form);
        });
        _errors.CheckChild(at, state, new(child.ResidenceCountyFips, child.DependencyCountyFips, child.TribeOrganization));
        Text($"{at}/tribe", child.Tribe);
        Codes($"{at}/needs", child.Needs, NeedTypes.All);
        Said($"{at}/safety/medicalAlerts", child.Safety?.MedicalAlerts, Permitted.Notes);
        Said($"{at}/safety/notes", child.Safety?.Notes, Permitted.Notes);
        if (child.Particulars is { } particulars)
            CheckParticulars($"{at}/particulars", particulars);
    }

    // Nobody is left with an error alone. Of 18 to 20 in care: a nonminor dependent (WIC 16501.35). The hotline's numbers: slocounty.ca.gov, "Human
    // Trafficking", read 2026-11-29.
    private const string NotAChild =
        "A child is under 18. When the age is only a guess, leave it out and report. Somebody of 18 to 20 in foster care or under the juvenile court is reported all the same: say so, with particulars.inFosterCare "
        + "or dependencyCountyFips. For any other adult, call the county's victim services or, day and night, the National Human Trafficking Hotline: 1-888-373-7888, text 233733.";
}
