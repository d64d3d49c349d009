using System.Security.Cryptography;
using System.Text.Json;
using SafeHarbor.Intake.Supplements;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Encounters;

/// <summary>The personal part of a report: one child's and the encounter's details. It exists in the clear only in memory.</summary>
public sealed record ReportDetails(
    Officer? Officer,
    string? Address,
    string? City,
    string? Zip,
    ChildDetails Child,
    IReadOnlyList<Guardian> Guardians,
    IReadOnlyList<Suspect> Suspects,
    string? Narrative,
    PresentPlaceDetails? PresentPlace = null,
    string? System = null,
    IReadOnlyList<Officer>? JointReporters = null,
    string? WorkerSafety = null);

/// <summary>Where the child is now, as far as that is sealed.</summary>
public sealed record PresentPlaceDetails(string? Address, string? City, string? Zip);

/// <summary>What identifies a child.</summary>
public sealed record ChildDetails(
    PersonName? Name, string? Alias, DateOnly? DateOfBirth, int? ApproximateAge, string? Tribe, string? MedicalAlerts, string? SafetyNotes, ChildParticulars? Particulars = null);

/// <summary>The personal part of a telephone report.</summary>
public sealed record CallDetails(string? Agency, string? Contact, string? ReferralNumber);

/// <summary>The personal part of a worker who has the case.</summary>
public sealed record WorkerDetails(string Name, string Phone, string? Extension, string? ReferralNumber);

/// <summary>Seals details as JSON and opens them again. Each kind is bound to the column that it is stored in.</summary>
public static class SealedJson
{
    public static byte[] Seal<T>(T details, Guid record, DataKey key)
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(details, JsonSerializerOptions.Web);
        try
        {
            return Envelope.Seal(plain, ColumnOf<T>(), record, key);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    public static T Open<T>(byte[] details, Guid record, DataKey key)
    {
        var plain = Envelope.Open(details, ColumnOf<T>(), record, key);
        try
        {
            return JsonSerializer.Deserialize<T>(plain, JsonSerializerOptions.Web)!;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(plain);
        }
    }

    private static string ColumnOf<T>() => typeof(T) == typeof(ReportDetails) ? "reports.details" : typeof(T) == typeof(WorkerDetails) ? "workers.details"
        : typeof(T) == typeof(SupplementDetails) ? "supplements.details" : "telephone_reports.details";
}
