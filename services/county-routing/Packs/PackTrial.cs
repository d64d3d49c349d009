using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>Tries a pack on the decisions that are kept: who would be told, and who would not. The statewide system alone keeps decisions.</summary>
internal sealed class PackTrial(CountyMap map, CountyDirectory directory, TimeProvider time)
{
    /// <summary>How many decisions are looked at, at most: a trial takes less than two seconds of a processor, once the service is warm (docs/performance.md).</summary>
    internal const int MostDecisions = 10_000;

    // Ours: as much as somebody reads.
    private const int MostShown = 50;

    private static readonly TimeSpan Window = TimeSpan.FromDays(30);

    /// <summary>What the newest decisions that told the county would be with another version of its pack.</summary>
    /// <param name="county">Whose pack it is.</param>
    /// <param name="before">The version before it.</param>
    /// <param name="after">The one that is tried.</param>
    /// <param name="reader">Who is shown it.</param>
    /// <param name="db">As the reader sees it.</param>
    /// <param name="cancellation">Cancels.</param>
    public async Task<TriedDecisions> OfAsync(County county, ProtocolPack before, ProtocolPack after, Organization reader, CountyRoutingDb db, CancellationToken cancellation)
    {
        var since = time.GetUtcNow() - Window;
        var newest = db.JurisdictionDecisions.FromSql($"""
            select * from jurisdiction_decisions where told ? {county.Organization.Text} and decided_at >= {since} order by decided_at desc, decision_id limit {MostDecisions}
            """).AsNoTracking().OrderByDescending(decision => decision.DecidedAt).ThenBy(decision => decision.DecisionId);
        var comparison = new PackComparison(county, before, after, map, directory.PackOf);
        if (!comparison.CanDiffer)
        {
            var times = await newest.Select(decision => decision.DecidedAt).ToListAsync(cancellation);
            return new(times.Count == MostDecisions ? times[^1] : since, times.Count, 0, []);
        }
        var (examined, differ, oldest, shown) = (0, 0, since, new List<TriedDecision>());
        await foreach (var kept in newest.Select(d => new { d.EncounterId, d.DecisionId, d.DecidedAt, d.DecidedBy, d.Facts, d.Reports }).AsAsyncEnumerable().WithCancellation(cancellation))
        {
            (examined, oldest) = (examined + 1, kept.DecidedAt);
            var changes = comparison.Of(kept.Facts, kept.Reports, reader);
            differ += changes.Count > 0 ? 1 : 0;
            if (changes.Count > 0 && shown.Count < MostShown)
                shown.Add(new(kept.EncounterId, kept.DecisionId, kept.DecidedAt, kept.DecidedBy, changes));
        }
        return new(examined == MostDecisions ? oldest : since, examined, differ, shown);
    }
}
