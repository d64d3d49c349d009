using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.Intake.Storage;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary><c>GET /v1/emergency-accesses/{id}</c>, to which the notices of it lead: for its reviewer and for the organization that opened it.</summary>
internal static class ReadEmergencyAccess
{
    public static async Task<Results<Ok<EmergencyAccessView>, ProblemHttpResult>> GetAsync(Guid id, Caller caller, IntakeDb db, Store store, TimeProvider time,
        CancellationToken cancellation)
    {
        var organization = caller.Organization.Text;
        if (await db.EmergencyAccesses.SingleOrDefaultAsync(a => a.CorrelationId == id && (a.Reviewer == organization || a.Organization == organization), cancellation) is not { } access)
            return Problem.NotFound("emergency access");
        await store.RecordAsync(LedgerEntry.By(caller, LedgerActions.BreakGlassRead, time.GetUtcNow(), id, access.ReportId), cancellation);
        return TypedResults.Ok(EmergencyAccessView.Of(access));
    }
}
