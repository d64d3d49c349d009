using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary><c>GET /v1/emergency-accesses/{emergencyAccessId}</c>, to which the notices of it lead: for its reviewer and for the organization that opened it.</summary>
internal static class ReadEmergencyAccess
{
    public static void MapReadEmergencyAccess(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/emergency-accesses/{emergencyAccessId:guid}", GetAsync)
        .RequireScope("emergency.review | reports.emergency", kinds: "county da le state").Records(LedgerActions.BreakGlassRead).WithName("GetEmergencyAccess");

    /// <summary>Shows an emergency access to its reviewer and to the organization that opened it.</summary>
    private static async Task<Results<Ok<EmergencyAccessView>, ProblemHttpResult>> GetAsync(Guid emergencyAccessId, Request request, IntakeDb db, CancellationToken cancellation)
    {
        var organization = request.Caller.Organization;
        if (await db.EmergencyAccesses.SingleOrDefaultAsync(a => a.CorrelationId == emergencyAccessId && (a.Reviewer == organization || a.Organization == organization), cancellation) is not { } access)
            return Problem.NotFound("emergency access");
        request.Records(emergencyAccessId, access.ReportId);
        return TypedResults.Ok(EmergencyAccessView.Of(access));
    }
}
