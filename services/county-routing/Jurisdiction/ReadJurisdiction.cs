using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Storage;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Jurisdiction;

/// <summary><c>GET /v1/encounters/{encounterId}/jurisdiction</c>: who gets an encounter's reports and why, for whoever was told by a decision; for the desk, when it was asked.</summary>
internal static class ReadJurisdiction
{
    public static void MapReadJurisdiction(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/encounters/{encounterId:guid}/jurisdiction", OneAsync)
        .RequireScope("handoffs.read", kinds: "county state").Records(LedgerActions.JurisdictionRead).WithName("GetJurisdiction");

    /// <summary>Shows who gets an encounter's reports and why: each decision that told the caller, with what was looked at and the versions it was made by.</summary>
    private static async Task<Results<Ok<EncounterJurisdiction>, ProblemHttpResult>> OneAsync(Guid encounterId, Request request, CountyRoutingDb db, LawRegister law, CancellationToken cancellation)
    {
        // Whose a decision is, its row says (Storage/0103_jurisdiction_decisions.sql).
        var decisions = await db.JurisdictionDecisions.Where(d => d.EncounterId == encounterId).OrderBy(d => d.DecidedAt).ThenBy(d => d.DecisionId).ToListAsync(cancellation);
        if (decisions.Count == 0)
            return Problem.NotFound("encounter");
        request.Records(encounterId, facts: new { count = decisions.Count });
        return TypedResults.Ok(new EncounterJurisdiction(encounterId, [.. decisions.Select(d => DecisionView.Of(d, request.Caller.Organization, law))]));
    }
}
