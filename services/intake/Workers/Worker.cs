using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Workers;

/// <summary>A county's worker who has the case. Another one is a row of its own, the latest one of a county holds.</summary>
public sealed class Worker
{
    public Guid WorkerId { get; set; }
    public Guid EncounterId { get; set; }
    public Guid ReportId { get; set; }
    /// <summary>The report's agency: whose it is.</summary>
    public string AgencyOri { get; set; } = "";
    /// <summary>The county.</summary>
    public Organization Organization { get; set; } = null!;
    public DateTimeOffset AssignedAt { get; set; }
    /// <summary>Keyed fingerprint of what was said: by it a repetition is told from another worker.</summary>
    public byte[] Content { get; set; } = [];
    /// <summary>Sealed <see cref="WorkerDetails"/>.</summary>
    public byte[] Details { get; set; } = [];
    /// <summary>The key that sealed them, in the key store; destroyed with the report's.</summary>
    public Guid KeyId { get; set; }

    /// <summary>Those that hold, the newest first: of each county the latest.</summary>
    public static IReadOnlyList<Worker> LatestOf(IEnumerable<Worker> workers) =>
        [.. workers.GroupBy(w => w.Organization).Select(county => county.MaxBy(w => w.AssignedAt)!).OrderByDescending(w => w.AssignedAt)];
}

/// <summary>A worker who has the case, as whoever may sees it.</summary>
/// <param name="Organization">The county.</param>
/// <param name="AssignedAt">When the county said so.</param>
/// <param name="Name">The worker's name.</param>
/// <param name="Phone">Where the worker is reached.</param>
/// <param name="Extension">The extension there; null when there is none.</param>
/// <param name="ReferralNumber">The county's own number of the report in the state's case system; null when it has said none, and for providers.</param>
public sealed record AssignedWorker(Organization Organization, DateTimeOffset AssignedAt, string Name, string Phone, string? Extension, string? ReferralNumber)
{
    /// <summary>Those that hold and whose keys are there.</summary>
    public static IReadOnlyList<AssignedWorker> Of(IEnumerable<Worker> workers, OpenedKeys keys, bool withReferralNumber) =>
    [
        .. from worker in Worker.LatestOf(workers)
           let key = keys.Find(worker.KeyId)
           where key is not null
           select Open(worker, key, withReferralNumber),
    ];

    private static AssignedWorker Open(Worker worker, DataKey key, bool withReferralNumber)
    {
        var details = SealedJson.Open<WorkerDetails>(worker.Details, worker.WorkerId, key);
        return new(worker.Organization, worker.AssignedAt, details.Name, details.Phone, details.Extension, withReferralNumber ? details.ReferralNumber : null);
    }
}
