using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>GET /v1/endpoints and /v1/endpoints/{endpointId}.</summary>
internal static class ReadEndpoints
{
    private const string Own = "An organization's endpoints are its own settings and name no report.";

    public static void MapReadEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("", ListAsync).RecordsNothing(Own).Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("ListEndpoints");
        endpoints.MapGet("{endpointId:guid}", OneAsync).RecordsNothing(Own).Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("GetEndpoint");
    }

    /// <summary>Lists the organization's endpoints.</summary>
    private static async Task<Results<Ok<Page<EndpointAnswer>>, ProblemHttpResult>> ListAsync(Caller caller, NotificationDb db, Sealer sealer, [AsParameters] PageQuery page,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<Guid>(errors);
        if (errors.Any)
            return errors.ToProblem();
        var found = await db.Endpoints.Of(caller).Where(e => after == null || e.Id > after).OrderBy(e => e.Id).Take(page.Size + 1).ToListAsync(cancellation);
        var urls = await EndpointUrl.OpenAsync(found, sealer, cancellation);
        return TypedResults.Ok(page.Of([.. found.Zip(urls)], e => EndpointAnswer.Of(e.First, e.Second), e => e.First.Id));
    }

    /// <summary>Shows an endpoint. Its secret is not shown.</summary>
    private static async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> OneAsync(Guid endpointId, Caller caller, NotificationDb db, Sealer sealer, CancellationToken cancellation) =>
        await EndpointAnswer.ReadAsync(db.Endpoints.Of(caller, endpointId), sealer, cancellation) is { } endpoint ? TypedResults.Ok(endpoint) : Problem.NotFound("endpoint");
}
