using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.CaseServices.Providers;

/// <summary><c>POST /v1/providers</c> (with <c>Idempotency-Key</c>) and <c>PUT /v1/providers/{slug}</c> (with <c>If-Match</c>): counties keep the providers that they have contracts with, the state all.</summary>
internal static class WriteProvider
{
    public static void Map(IEndpointRouteBuilder app)
    {
        var providers = app.MapGroup("/v1/providers").RequireScope("providers.write", kinds: "county state:ca");
        providers.MapPost("", AddAsync);
        providers.MapPut("/{slug}", ReplaceAsync);
    }

    private static async Task<Results<Created<ProviderView>, ProblemHttpResult>> AddAsync(HttpContext http, Caller caller, Store store, IdempotencyKeys keys,
        TimeProvider time, Provider body, [FromHeader(Name = "Idempotency-Key")] string? key, CancellationToken cancellation)
    {
        var errors = ProviderRules.Check(body);
        CheckKey(http.Request, errors);
        if (!errors.Any)
            ProviderRules.CheckContracts(errors, body, caller.Organization);
        if (errors.Any)
            return errors.ToProblem();
        var hash = IdempotencyKeys.HashOf("POST", "/v1/providers", JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web));
        if (key is not null && await EarlierAsync(http, keys, caller, key, hash, cancellation) is { } earlier)
            return earlier;

        var row = ProviderRow.New(body, time.GetUtcNow());
        var (view, location) = (ProviderView.Of(row, caller.Organization), $"/v1/providers/{row.Slug}");
        var unit = new UnitOfWork();
        unit.Add(row);
        unit.Add(LedgerEntry.By(caller, LedgerActions.DirectoryChanged, row.ChangedAt, row.Slug, facts: new { change = "insert", version = row.Version }));
        if (key is not null)
        {
            IdempotencyKeys.Remember(unit, caller.Organization.Text, key, hash, StatusCodes.Status201Created, location,
                JsonSerializer.Serialize(view, JsonSerializerOptions.Web));
        }
        return await store.CommitAsync(unit, cancellation) switch
        {
            null => Created(http, location, view),
            IdempotencyKeys.Constraint => await EarlierAsync(http, keys, caller, key!, hash, cancellation) ?? Exists(),
            _ when key is not null && await EarlierAsync(http, keys, caller, key, hash, cancellation) is { } first => first,
            _ => Exists(),
        };
    }

    private static async Task<Results<Ok<ProviderView>, ProblemHttpResult>> ReplaceAsync(HttpContext http, Caller caller, CaseServicesDb db, TimeProvider time,
        string slug, Provider body, [FromHeader(Name = "If-Match")] string? match, CancellationToken cancellation)
    {
        if (await db.Providers.SingleOrDefaultAsync(p => p.Slug == slug, cancellation) is not { } row
            || !ProviderRules.MayWrite(caller.Organization, row.Document, California.DayOf(time.GetUtcNow())))
            return Problem.NotFound("provider");
        if (match is null)
            return Problem.PreconditionRequired("Read the provider and send its ETag as If-Match, so that nobody's change is lost.");
        body = body with { Slug = slug };
        var errors = ProviderRules.Check(body);
        if (!errors.Any)
            ProviderRules.CheckContracts(errors, body, caller.Organization);
        if (errors.Any)
            return errors.ToProblem();
        body = ProviderRules.KeepContracts(body, row.Document, caller.Organization);
        var now = time.GetUtcNow();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (match != ProviderView.ETag(row.Version) || await db.Providers.Where(p => p.Slug == slug && p.Version == row.Version).ExecuteUpdateAsync(
                set => set.SetProperty(p => p.Document, body).SetProperty(p => p.Version, row.Version + 1).SetProperty(p => p.ChangedAt, now), cancellation) == 0)
            return Problem.PreconditionFailed("Somebody has changed the provider. Read it again, make your change there, and send it with the new ETag.");
        db.Add(LedgerEntry.By(caller, LedgerActions.DirectoryChanged, now, slug, facts: new { change = "update", version = row.Version + 1 }));
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        (row.Document, row.Version, row.ChangedAt) = (body, row.Version + 1, now);
        http.Response.Headers.ETag = ProviderView.ETag(row.Version);
        return TypedResults.Ok(ProviderView.Of(row, caller.Organization));
    }

    private static void CheckKey(HttpRequest request, ValidationErrors errors)
    {
        if (request.Headers.TryGetValue("Idempotency-Key", out var values)
            && (values is not [{ Length: > 0 and <= 255 } key] || key.Any(c => c is < ' ' or > '~')))
            errors.AddParameter("Idempotency-Key", "wrong-form", "Give one key of 1 to 255 printable ASCII characters, such as a new UUID.");
    }

    private static async Task<Results<Created<ProviderView>, ProblemHttpResult>?> EarlierAsync(HttpContext http, IdempotencyKeys keys, Caller caller, string key,
        byte[] hash, CancellationToken cancellation)
    {
        var earlier = await keys.FindAsync(caller.Organization.Text, key, hash, cancellation);
        if (earlier.Answer is not { } answer)
            return null;
        if (!earlier.SameRequest)
            return Problem.Unprocessable("idempotency-key-reused", "This Idempotency-Key was used for another request. Use a new one.");
        return Created(http, answer.Location!, JsonSerializer.Deserialize<ProviderView>(answer.Answer, JsonSerializerOptions.Web)!);
    }

    private static Created<ProviderView> Created(HttpContext http, string location, ProviderView view)
    {
        http.Response.Headers.ETag = ProviderView.ETag(view.Version);
        return TypedResults.Created(location, view);
    }

    private static ProblemHttpResult Exists() =>
        Problem.Conflict("provider-exists", "There is a provider with this slug. Change it with PUT, or choose another slug.");
}
