using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>GET /v1/endpoints and /v1/endpoints/{endpointId}.</summary>
internal static class ReadEndpoints
{
    private const string Own = "An organization's endpoints are its own settings and name no report.";

    public static void MapReadEndpoints(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("", ListAsync).RecordsNothing(Own).WithName("ListEndpoints");
        endpoints.MapGet("{endpointId:guid}", OneAsync).RecordsNothing(Own).WithName("GetEndpoint");
    }

    /// <summary>Lists the organization's endpoints.</summary>
    private static async Task<Results<Ok<Page<EndpointAnswer>>, ProblemHttpResult>> ListAsync(Caller caller, NotificationDb db, [AsParameters] PageQuery page,
        CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<Guid>(errors);
        if (errors.Any)
            return errors.ToProblem();
        var found = await db.Endpoints.Of(caller).Where(e => after == null || e.Id > after).OrderBy(e => e.Id).Take(page.Size + 1).ToListAsync(cancellation);
        return TypedResults.Ok(page.Of(found, EndpointAnswer.Of, e => e.Id));
    }

    /// <summary>Shows an endpoint. Its secret is not shown.</summary>
    private static async Task<Results<Ok<EndpointAnswer>, ProblemHttpResult>> OneAsync(Guid endpointId, Caller caller, NotificationDb db, CancellationToken cancellation) =>
        await db.Endpoints.Of(caller, endpointId).SingleOrDefaultAsync(cancellation) is { } endpoint ? TypedResults.Ok(EndpointAnswer.Of(endpoint)) : Problem.NotFound("endpoint");
}
