using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.ServiceDefaults.Json;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CaseServices.Providers;

/// <summary><c>PUT /v1/providers/{slug}/capacity</c>: a provider (or for it the state or a county that has a contract with it) says how many places are free, all types at once.</summary>
internal static class ReportCapacity
{
    private const int Most = 10_000;

    public static void MapReportCapacity(this IEndpointRouteBuilder routes) => routes.MapPut("/v1/providers/{slug}/capacity", PutAsync)
        .RequireScope("capacity.write", kinds: "provider county state").Records(LedgerActions.CapacityReported).Unconditional("Each organization has a word of its own, and the one that counts is told.").WithName("ReportCapacity");

    /// <summary>
    /// Says how many places of a provider are free, all types at once: the provider itself, the state, or a county that has a contract with it. The provider's own word counts over others',
    /// and of others' the one that was counted last; the answer is the word that counts, and says whose it is.
    /// </summary>
    /// <param name="slug">Slug of the provider.</param>
    private static Task<Results<Ok<Capacity>, ProblemHttpResult>> PutAsync(string slug, Capacity body, Request request, CaseServicesDb db, State state, TimeProvider time,
        CancellationToken cancellation) => Precondition.UntilAnsweredAsync(() => TryPutAsync(slug, body, request, db, state, time, cancellation));

    private static async Task<Results<Ok<Capacity>, ProblemHttpResult>?> TryPutAsync(string slug, Capacity body, Request request, CaseServicesDb db, State state, TimeProvider time,
        CancellationToken cancellation)
    {
        var (now, caller) = (InMilliseconds(time.GetUtcNow()), request.Caller);
        if (await db.Providers.SingleOrDefaultAsync(p => p.Slug == slug, cancellation) is not { } row
            || !(caller.Organization.Is(Organization.Provider, slug) || ProviderRules.MayWrite(caller.Organization, row, state.DayOf(now))))
            return Problem.NotFound("provider");
        var errors = Check(body, row.Document, now);
        if (errors.Any)
            return errors.ToProblem();
        var word = new CapacityWord(caller.Organization, body.Available, body.AsOf is { } counted ? InMilliseconds(counted) : now, now);
        if (row.Words.Any(said => said.Repeats(word)))
        {
            request.RecordsNothingNew();
            return TypedResults.Ok(Capacity.Of(row));
        }
        IReadOnlyList<CapacityWord> words = [.. row.Words.Where(said => said.By != word.By), word];
        var (before, counts) = (CapacityWord.ThatCounts(slug, row.Words), CapacityWord.ThatCounts(slug, words)!);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Providers.Where(p => p.Slug == slug && p.Revision == row.Revision).ExecuteUpdateAsync(set => set.SetProperty(p => p.Words, words)
                .SetProperty(p => p.Available, counts.Available).SetProperty(p => p.AvailableAt, counts.AsOf).SetProperty(p => p.Revision, row.Revision + 1), cancellation) == 0)
            return null;
        (row.Words, row.Available, row.AvailableAt, row.Revision) = (words, counts.Available, counts.AsOf, row.Revision + 1);
        request.Unit.Publish(row.Listed());
        request.Records(slug, facts: new { available = word.Available, counts = counts == word, replaced = counts == word ? before?.By.Text : null, holds = counts.By.Text });
        await request.CommitWithAsync(db, cancellation);
        return TypedResults.Ok(Capacity.Of(row));
    }

    // As it is told: what was read may be sent back.
    private static DateTimeOffset InMilliseconds(DateTimeOffset at) => new(at.UtcTicks - at.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);

    private static ValidationErrors Check(Capacity body, Provider provider, DateTimeOffset now)
    {
        var errors = new ValidationErrors();
        errors.AddImplausible("/asOf", body.AsOf, now);
        if (body.Available is null)
            errors.Add("/available", "required", "Give the free places by service type, such as {\"EMERGENCY_SHELTER\": 2}.");
        foreach (var (type, places) in body.Available ?? new Dictionary<string, int>())
        {
            var pointer = JsonPointer.Of("available", type);
            if (!NeedTypes.All.Contains(type))
                errors.AddUnknownCode("/available", type, NeedTypes.All);
            else if (provider.Services.All(s => s.Type != type))
                errors.Add(pointer, "not-offered", "The provider does not offer this service. Leave it out.");
            if (places is < 0 or > Most)
                errors.Add(pointer, "out-of-range", $"Give 0 to {Most} free places.");
        }
        return errors;
    }
}
