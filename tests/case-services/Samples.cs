using SafeHarbor.CaseServices.Providers;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.CaseServices;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.CaseServices.Tests;

internal static class Samples
{
    public const string County = "06037";
    public static readonly string[] AllAges = [AgeBands.UpTo12, AgeBands.From13To15, AgeBands.From16To17, AgeBands.From18To20];
    public static readonly string[] AllGenders = ["female", "male", "nonbinary"];
    public static readonly DateTimeOffset ReportedAt = new(2026, 11, 18, 22, 0, 0, TimeSpan.Zero);
    public static readonly DateOnly Day = new(2026, 11, 20);

    public static Provider Provider(string slug, int preference = 1, int answerWithinSeconds = 600, string type = "EMERGENCY_SHELTER", string county = County) => new()
    {
        Slug = slug,
        Name = $"{slug} (fictional)",
        Phone = "213-555-0150",
        Languages = ["en"],
        Services = [new() { Type = type, AgeBands = AllAges, Genders = AllGenders, AroundTheClock = true }],
        Contracts = [new() { CountyFips = county, Reference = $"T-{slug}", From = new(2025, 1, 1), Preference = preference, AnswerWithinSeconds = answerWithinSeconds }],
    };

    public static ListedProvider Listed(this Provider provider, params (string Type, int Places)[] available) =>
        new(provider, available.ToDictionary(a => a.Type, a => a.Places), DateTimeOffset.UnixEpoch);

    public static NeedOpened Opened(Guid? need = null, string type = "EMERGENCY_SHELTER", string county = County) => new()
    {
        EncounterId = Guid.CreateVersion7(),
        At = new(2026, 11, 20, 23, 0, 0, TimeSpan.Zero),
        ReportId = Guid.CreateVersion7(),
        NeedId = need ?? Guid.CreateVersion7(),
        ReportedAt = ReportedAt,
        Type = type,
        Responder = Organization.Parse($"county:{county}"),
        Emergency = NeedTypes.Emergency.Contains(type),
        Urgency = Urgencies.Immediate,
        AgeBand = AgeBands.From13To15,
        Gender = "female",
        Languages = ["en"],
        GuardianUnsafe = true,
    };

    public static ReportedChild Child(params string[] needs) => new()
    {
        ReportId = Guid.CreateVersion7(),
        ReportedAt = DateTimeOffset.UtcNow,
        Child = 1,
        AgeBand = AgeBands.From13To15,
        Gender = "female",
        Languages = ["en"],
        GuardianUnsafe = true,
        Needs = [.. needs.Select(type => new RequestedNeed(Guid.CreateVersion7(), type))],
    };

    public static HandoffOpened HandoffOpened(ReportedChild child, Role role = Role.Responder, Guid? encounter = null, string county = County) => new()
    {
        EncounterId = encounter ?? Guid.CreateVersion7(),
        At = DateTimeOffset.UtcNow,
        ReportId = child.ReportId,
        HandoffId = Guid.CreateVersion7(),
        Organization = Organization.Parse($"county:{county}"),
        OrganizationName = "Los Angeles",
        Role = role,
        Basis = Bases.FoundLocation,
        Confidence = Confidences.Clear,
        Rule = "a rule",
        Urgency = Urgencies.Immediate,
        AcknowledgeBy = DateTimeOffset.UtcNow.AddMinutes(15),
        Child = child,
    };

    public static HandoffAccepted HandoffAccepted(HandoffOpened opened) => new()
    {
        EncounterId = opened.EncounterId,
        At = DateTimeOffset.UtcNow,
        ReportId = opened.ReportId,
        HandoffId = opened.HandoffId,
        Organization = opened.Organization,
        Role = opened.Role,
        Child = opened.Child,
        Urgency = opened.Urgency,
    };
}
