using System.Text.Json.Nodes;
using SafeHarbor.Contracts;
using SafeHarbor.Contracts.Codes;
using SafeHarbor.Contracts.CountyRouting;
using SafeHarbor.Contracts.Disclosure;
using SafeHarbor.Contracts.Intake;

namespace SafeHarbor.Intake.Tests;

/// <summary>A fictional encounter with something in every member.</summary>
internal static class Sample
{
    private static int _incidents;

    public static JsonObject Encounter(string? incident = null, Action<JsonObject>? change = null)
    {
        var now = DateTimeOffset.UtcNow;
        var encounter = JsonNode.Parse($$$"""
            {
              "source": {"agencyOri":"{{{TestIntake.Agency}}}","incidentNumber":"{{{incident ?? $"26-{Interlocked.Increment(ref _incidents):D7}"}}}","system":"acme-rms"},
              "officer": {"name":"Officer Canary-Officer","badge":"Canary-Badge","phone":"555-0100 Canary-OfficerPhone","title":"Canary-OfficerTitle","capacity":"Canary-OfficerCapacity","agency":"Canary-OfficerAgency","agencyAddress":"Canary-OfficerAddress","witnessed":true},
              "jointReporters": [{"name":"Canary-Joint","phone":"Canary-JointPhone"}],
              "occurredAt":"{{{now.AddMinutes(-40):O}}}", "learnedAt":"{{{now.AddMinutes(-30):O}}}",
              "location": {"latitude":34.05,"longitude":-118.25,"accuracyMeters":15,"address":"1 Canary-Address St","city":"Canary-City","zip":"90012","countyFips":null},
              "custody": {"taken":true,"takenAt":"{{{now.AddMinutes(-20):O}}}","grounds":["IMMEDIATE_DANGER"]},
              "immediateDanger": true,
              "children": [ {"name":{"given":"Canary-Given","family":"Canary-Family"},"alias":"Canary-Alias","dateOfBirth":null,"approximateAge":15,"gender":"female","languages":["en"],
                             "residenceCountyFips":"06059","dependencyCountyFips":null,"missing":false,"tribe":"Canary-Tribe",
                             "needs":["ADVOCATE","LEGAL"],"safety":{"guardianUnsafe":true,"medicalAlerts":"Canary-Medical","notes":"Canary-Notes"},
                             "particulars":{"address":"Canary-Home","phone":"Canary-HomePhone","school":"Canary-School","grade":"Canary-Grade","ethnicity":"Canary-Ethnicity","homeLanguage":"spa",
                               "disabilities":["PHYSICAL"],"inFosterCare":false,"outOfHomeCare":"RELATIVE","abuse":["SEXUAL"],"relationshipToSuspect":"Canary-Relationship","photosTaken":true,"died":false,
                               "siblings":[{"name":"Canary-Sibling","approximateAge":9,"gender":"male","ethnicity":"Canary-SiblingEthnicity"}],
                               "exploitation":[{"type":"AT_RISK","from":"2026-01-01","to":null}],"lastAssaultAt":"{{{now.AddHours(-5):O}}}",
                               "tribalInquiry":{"askedAt":"{{{now.AddMinutes(-35):O}}}","asked":["CHILD"],"answer":"UNKNOWN"},
                               "advocacy":{"toldAt":"{{{now.AddMinutes(-30):O}}}","toldHow":"ORAL","beforeFirstInterview":true,"ofAdvocate":true,"ofSupportPerson":true,"wanted":true,
                                 "organizationContacted":"Canary-Advocates","contactedAt":"{{{now.AddMinutes(-25):O}}}","waiver":{"signedAt":null,"formVersion":"Canary-Form","revokedAt":null}},
                               "unknown":["SUSPECTS"]}} ],
              "guardians":[{"name":"Canary-Guardian","phone":"555-0101 Canary-GuardianPhone","address":"Canary-GuardianAddress","relationship":"Canary-GuardianRelationship","businessPhone":"Canary-GuardianBusinessPhone","dateOfBirth":"1980-02-03","gender":"female","ethnicity":"Canary-GuardianEthnicity"}],
              "suspects":[{"name":"Canary-Suspect","description":"Canary-Description","role":"TRAFFICKER","address":"Canary-SuspectAddress","phone":"Canary-SuspectPhone","approximateAge":40,"gender":"male","ethnicity":"Canary-SuspectEthnicity"}],
              "narrative":"Canary-Narrative", "workerSafety":"Canary-WorkerSafety"
            }
            """)!.AsObject();
        change?.Invoke(encounter);
        return encounter;
    }

    public static JsonObject Call() => JsonNode.Parse($$$"""
        {"calledAt":"{{{DateTimeOffset.UtcNow.AddMinutes(-10):O}}}","agency":"Canary-Agency","contact":"Canary-Contact","referralNumber":"Canary-Referral"}
        """)!.AsObject();

    /// <summary>Somebody is given the report.</summary>
    public static DisclosureGranted Granted(Guid encounterId, Guid reportId, string organization = "county:06037", string tier = Tiers.County, TimeSpan? lasts = null) => new()
    {
        EncounterId = encounterId,
        At = DateTimeOffset.UtcNow,
        ReportId = reportId,
        GrantId = Guid.NewGuid(),
        Organization = Organization.Parse(organization),
        Tier = tier,
        LegalBasis = RuleUses.ResponderGrant,
        ExpiresAt = DateTimeOffset.UtcNow + (lasts ?? TimeSpan.FromDays(1)),
    };

    /// <summary>County-routing has opened the handoff to the responding county.</summary>
    public static HandoffOpened Opened(Guid encounterId, Guid reportId) => new()
    {
        EncounterId = encounterId,
        At = DateTimeOffset.UtcNow,
        ReportId = reportId,
        HandoffId = Guid.NewGuid(),
        Organization = Organization.Parse("county:06037"),
        OrganizationName = "Los Angeles",
        Role = Role.Responder,
        Urgency = Urgencies.Immediate,
        Basis = Bases.FoundLocation,
        Confidence = Confidences.Clear,
        Rule = "where the child is",
        AcknowledgeBy = DateTimeOffset.UtcNow.AddMinutes(15),
        Child = new ReportedChild { ReportId = reportId, ReportedAt = DateTimeOffset.UtcNow, Child = 1, AgeBand = AgeBands.Unknown, Gender = Genders.Unknown },
    };

    /// <summary>And the county has accepted it.</summary>
    public static HandoffAccepted Accepted(HandoffOpened opened) => new()
    {
        EncounterId = opened.EncounterId,
        At = opened.At,
        ReportId = opened.ReportId,
        HandoffId = opened.HandoffId,
        Organization = opened.Organization,
        Role = opened.Role,
        Child = opened.Child,
        Urgency = opened.Urgency,
    };

    /// <summary>Sets the member that a JSON Pointer names; the text is JSON, null removes it.</summary>
    public static Action<JsonObject> With(string pointer, string? json) => encounter =>
    {
        var path = pointer.Split('/')[1..];
        JsonNode at = encounter;
        foreach (var step in path[..^1])
            at = at is JsonArray list ? list[int.Parse(step, System.Globalization.CultureInfo.InvariantCulture)]! : at[step]!;
        if (at is JsonArray array)
            array[int.Parse(path[^1], System.Globalization.CultureInfo.InvariantCulture)] = json is null ? null : JsonNode.Parse(json);
        else if (json is null)
            at.AsObject().Remove(path[^1]);
        else
            at[path[^1]] = JsonNode.Parse(json);
    };
}
