using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Packs;

/// <summary>What became of a pack that was sent, or would become of it.</summary>
/// <param name="CountyFips">The county, five-digit FIPS.</param>
/// <param name="Version">Its version: the next one, or the last one when nothing has changed.</param>
/// <param name="Published">Whether it is a new version now; not when it was only tried, or nothing has changed.</param>
/// <param name="EffectiveFrom">The day, in the state, from which it holds.</param>
/// <param name="Changes">What has changed since the version before it.</param>
/// <param name="Supersedes">Earlier versions whose day has not come, and that will not hold any more once this one does.</param>
public sealed record PackOutcome(CountyFips CountyFips, int Version, bool Published, DateOnly EffectiveFrom, IReadOnlyList<PackChange> Changes, IReadOnlyList<int> Supersedes) : IVersioned
{
    /// <summary>What it would do to the last month's decisions, when it is only tried; null when it is published, and at a county's node, which keeps no decisions.</summary>
    public TriedDecisions? Decisions { get; init; }

    /// <summary>The last version that was published.</summary>
    internal int Last { get; init; }

    int IVersioned.Version => Last;
}

/// <summary><c>PUT /v1/counties/{countyFips}</c> (with <c>If-Match</c>): a county publishes its pack, and the state any.</summary>
internal static class PublishPack
{
    public static void MapPublishPack(this IEndpointRouteBuilder routes) => routes.MapPut("/v1/counties/{countyFips}", PublishAsync).RequirePacks()
        .RequireScope("directory.write", kinds: "county state").Records(LedgerActions.DirectoryChanged).Conditional().Checks<ProtocolPack>(Check).WithName("PublishPack");

    private static ValidationErrors Check(ProtocolPack body, HttpContext http)
    {
        var map = http.RequestServices.GetRequiredService<CountyMap>();
        if (CountyOf((string)http.GetRouteValue("countyFips")!, map) is not { } county)
            return new();
        return body.CountyFips is { } said && said != county.Fips
            ? new ValidationErrors().Add("/countyFips", "other-county", "Is another county than the one of the path. Send the pack to its own county's path, or leave it out.")
            : Of(body, county).Errors(map);
    }

    /// <summary>Publishes a county's pack as its next version; earlier ones are kept for good. One that says what the last one does changes nothing.</summary>
    /// <param name="countyFips">The county, five-digit FIPS; it stands for the body's.</param>
    /// <param name="dryRun">Only says what would become of it, and what it would do to the last month's decisions that told the county. Nothing is published.</param>
    private static Task<Results<Ok<PackOutcome>, ProblemHttpResult>> PublishAsync(string countyFips, ProtocolPack body, bool? dryRun, Precondition condition, Request request,
        CountyMap map, CountyDirectory directory, CountyRoutingDb db, TimeProvider time, [FromServices] PackTrial? trial, CancellationToken cancellation) =>
        Precondition.UntilAnsweredAsync(() => TryPublishAsync(countyFips, body, dryRun, condition, request, map, directory, db, time, trial, cancellation));

    private static async Task<Results<Ok<PackOutcome>, ProblemHttpResult>?> TryPublishAsync(string countyFips, ProtocolPack body, bool? dryRun, Precondition condition, Request request,
        CountyMap map, CountyDirectory directory, CountyRoutingDb db, TimeProvider time, PackTrial? trial, CancellationToken cancellation)
    {
        if (CountyOf(countyFips, map) is not { } county || request.Caller.Organization is var publisher && publisher != county.Organization && publisher != map.State.Organization)
            return Problem.NotFound("county");
        var today = directory.Today;
        var rows = await db.Packs.AsNoTracking().Where(p => p.CountyFips == county.Fips
            && (p.EffectiveFrom > today || !db.Packs.Any(later => later.CountyFips == county.Fips && later.Version > p.Version))).ToListAsync(cancellation);
        var last = rows.MaxBy(row => row.Version)?.Whole ?? directory.DefaultOf(county);
        if (!condition.Admits(last.Version))
            return condition.Failed("pack", last.EffectiveFrom > today ? PlannedText(last) : null);
        var day = body.EffectiveFrom > today ? body.EffectiveFrom.Value : today;
        var pack = Of(body, county).Kept with { EffectiveFrom = day };
        var changes = PackChange.Between(last, pack);
        var isSame = changes.Count == 0 && (last.EffectiveFrom ?? today) is var before && (before == day || before <= today && day == today);
        var version = isSame ? last.Version : last.Version + 1;
        int[] superseded = isSame ? [] : [.. rows.Where(row => row.EffectiveFrom >= day && row.EffectiveFrom > today).Select(row => row.Version).Order()];
        var outcome = new PackOutcome(county.Fips, version, Published: !isSame && dryRun != true, isSame ? last.EffectiveFrom ?? today : day, changes, superseded);
        if (!outcome.Published)
        {
            var decisions = dryRun == true && trial is not null ? await trial.OfAsync(county, last, pack, publisher, db, cancellation) : null;
            if (decisions is { Examined: > 0 })
                // It is about decisions, not about the pack, which is no other than before.
                request.Records(county.Fips, facts: new { count = decisions.Examined }, further: entry => entry.Action = LedgerActions.JurisdictionRead);
            else
                request.RecordsNothingNew();
            return TypedResults.Ok(outcome with { Decisions = decisions, Last = last.Version });
        }
        var answer = TypedResults.Ok(outcome with { Last = version });
        request.Unit.Add(new StoredPack { CountyFips = county.Fips, Version = version, EffectiveFrom = day, PublishedAt = time.GetUtcNow(), PublishedBy = publisher, Pack = pack });
        request.Records(county.Fips, facts: new { change = "insert", version, effectiveFrom = day });
        if (await request.CommitAsync(answer, cancellation) is null)
            return answer;
        request.Begin();
        return null;
    }

    private static County? CountyOf(string fips, CountyMap map) => CountyFips.TryParse(fips, out var county) ? map.Find(county) : null;

    // A pack that leaves out whose it is, is that of the path.
    private static ProtocolPack Of(ProtocolPack body, County county) =>
        body with { CountyFips = county.Fips, Name = string.IsNullOrEmpty(body.Name) ? county.Name : body.Name };

    private static string PlannedText(ProtocolPack last) =>
        $"Version {last.Version} was published and holds from {last.EffectiveFrom:yyyy-MM-dd} on. Read it with ?version={last.Version}, make your change there, and send it with its ETag.";
}
