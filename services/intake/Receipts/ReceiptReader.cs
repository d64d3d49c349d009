using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Intake.Receipts;

/// <summary>A receipt and the timeline that it follows from.</summary>
public sealed record EncounterState(Receipt Receipt, IReadOnlyList<TimelineEntry> Timeline);

/// <summary>Reads receipts. What belongs to another agency does not exist here.</summary>
public sealed class ReceiptReader(IntakeDb db)
{
    public Task<bool> ExistsAsync(Guid encounterId, Caller caller, CancellationToken cancellation) =>
        Of(caller).AnyAsync(e => e.EncounterId == encounterId, cancellation);

    public async Task<EncounterState?> FindAsync(Guid encounterId, Caller caller, CancellationToken cancellation) =>
        (await LoadAsync(Of(caller).Where(e => e.EncounterId == encounterId), cancellation)).SingleOrDefault();

    /// <summary>The agency's encounters, the newest first, from the one before <paramref name="after"/> on.</summary>
    public async Task<IReadOnlyList<Receipt>> PageAsync(Guid? after, int limit, Caller caller, CancellationToken cancellation)
    {
        var page = Of(caller).Where(e => after == null || e.EncounterId < after).OrderByDescending(e => e.EncounterId).Take(limit);
        return [.. (await LoadAsync(page, cancellation)).Select(s => s.Receipt)];
    }

    /// <summary>What the agency reported under the same incident number.</summary>
    public async Task<IReadOnlyList<Encounter>> SameIncidentAsync(string agencyOri, string incidentNumber, CancellationToken cancellation) =>
        await db.Encounters.Where(e => e.AgencyOri == agencyOri && e.IncidentNumber == incidentNumber).ToListAsync(cancellation);

    private IQueryable<Encounter> Of(Caller caller)
    {
        var ori = caller.Organisation.Kind == Organisation.LawEnforcement ? caller.Organisation.Id : "";
        return db.Encounters.Where(e => e.AgencyOri == ori);
    }

    private async Task<IReadOnlyList<EncounterState>> LoadAsync(IQueryable<Encounter> query, CancellationToken cancellation)
    {
        var encounters = await query.ToListAsync(cancellation);
        if (encounters.Count == 0)
            return [];
        var ids = encounters.Select(e => e.EncounterId).ToList();
        var reports = (await db.Reports.Where(r => ids.Contains(r.EncounterId))
            .Select(r => new Report { ReportId = r.ReportId, EncounterId = r.EncounterId, Child = r.Child, Needs = r.Needs })
            .ToListAsync(cancellation)).ToLookup(r => r.EncounterId);
        var clocks = (await db.Clocks.Where(c => ids.Contains(c.EncounterId)).ToListAsync(cancellation)).ToLookup(c => c.EncounterId);
        var timeline = (await db.Timeline.Where(t => ids.Contains(t.EncounterId)).OrderBy(t => t.Sequence).ToListAsync(cancellation)).ToLookup(t => t.EncounterId);
        var (ori, numbers) = (encounters[0].AgencyOri, encounters.Select(e => e.IncidentNumber).Distinct().ToList());
        var incidents = (await db.Encounters.Where(e => e.AgencyOri == ori && numbers.Contains(e.IncidentNumber))
            .Select(e => new { e.EncounterId, e.IncidentNumber }).ToListAsync(cancellation)).ToLookup(e => e.IncidentNumber, e => e.EncounterId);
        return [.. encounters.Select(e =>
        {
            var entries = timeline[e.EncounterId].ToList();
            return new EncounterState(
                Receipt.Of(e, [.. reports[e.EncounterId]], entries, [.. clocks[e.EncounterId]], incidents[e.IncidentNumber].Where(id => id != e.EncounterId)),
                entries);
        })];
    }
}
