using System.ComponentModel.DataAnnotations;
using Npgsql;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.EmergencyAccesses;

/// <summary><c>POST /v1/reports/{reportId}/emergency-access</c>: opens a report for some hours to a county, a district attorney or an agency without a grant.</summary>
internal static class OpenEmergencyAccess
{
    // As the service: row-level security hides the report from whoever has no grant yet.
    private const string Find = """
        select r.encounter_id,
            exists (select from grants g where g.report_id = r.report_id and g.organization = $2 and g.expires_at > $3),
            (select organization from responders where report_id = r.report_id order by since desc limit 1)
        from reports r where r.report_id = $1
        """;

    /// <summary>Why somebody cannot wait for a grant.</summary>
    /// <param name="Reason">One of <see cref="EmergencyReasons"/>.</param>
    public sealed record EmergencyRequest([Required, CodeOf(typeof(EmergencyReasons))] string? Reason);

    public static void MapOpenEmergencyAccess(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/reports/{reportId:guid}/emergency-access", PostAsync)
        .RequireScope("reports.emergency", kinds: "county da le").Records(LedgerActions.BreakGlassOpened).Idempotent().Checks<EmergencyRequest>(Check)
        .Problems(StatusCodes.Status409Conflict, "already-granted").WithName("OpenEmergencyAccess");

    private static ValidationErrors Check(EmergencyRequest body, HttpContext http) =>
        EmergencyReasons.All.Contains(body.Reason) ? new() : new ValidationErrors().AddUnknownCode("/reason", body.Reason, EmergencyReasons.All);

    /// <summary>Opens a report for some hours to who has no grant and cannot wait for one. It is told to the responding county at once, and reviewed.</summary>
    private static async Task<Results<Created<EmergencyAccessView>, ProblemHttpResult>> PostAsync(Guid reportId, EmergencyRequest body, Request request, NpgsqlDataSource database,
        EmergencyAccessRules rules, NoticeBuilder notices, State state, TimeProvider time, CancellationToken cancellation)
    {
        var (now, caller, organization, reason) = (time.GetUtcNow(), request.Caller, request.Caller.Organization, body.Reason!);
        if (await FindAsync(database, reportId, organization, now, cancellation) is not { } found)
            return Problem.NotFound("report");
        if (found.IsGranted)
            return Problem.Conflict("already-granted", "Your organization may read this report already, with GET /v1/reports/{reportId}.");
        var access = new EmergencyAccess
        {
            CorrelationId = Guid.CreateVersion7(now),
            EncounterId = found.EncounterId,
            ReportId = reportId,
            Organization = organization,
            Subject = caller.Subject,
            Reason = reason,
            Reviewer = found.Responder ?? state.Organization,
            OpenedAt = now,
            ExpiresAt = now + rules.Lasts,
            ReviewBy = now + rules.RemindEvery,
        };
        EmergencyAccessMachine.Open(request.Unit, access, rules, notices);
        request.Records(access.CorrelationId, reportId, new { reason, reviewer = access.Reviewer }, entry => (entry.Tier, entry.GrantId) = (access.Grant.Tier, access.CorrelationId));
        var answer = TypedResults.Created($"/v1/reports/{reportId}", EmergencyAccessView.Of(access));
        return await request.CommitAsync(answer, cancellation) is null ? answer : Problem.StillRunning();
    }

    private static async Task<FoundReport?> FindAsync(NpgsqlDataSource database, Guid reportId, Organization organization, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(Find);
        foreach (var value in new object[] { reportId, organization.Text, now })
            command.Parameters.Add(new() { Value = value });
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new(row.GetGuid(0), row.GetBoolean(1), row.IsDBNull(2) ? null : Organization.Parse(row.GetString(2))) : null;
    }

    private sealed record FoundReport(Guid EncounterId, bool IsGranted, Organization? Responder);
}
