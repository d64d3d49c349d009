using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using Npgsql;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Messaging.Wire;

namespace SafeHarbor.Intake.Retractions;

/// <summary><c>POST /v1/reports/{reportId}/retract</c>: the reporting agency takes a report back. It destroys and ends nothing: a county keeps a record of all reports that it received, and decides (PC 11165.9).</summary>
internal static class RetractReport
{
    private const string Find = """
        select r.encounter_id, r.agency_ori, r.needs, exists (select from destructions d where d.report_id = r.report_id),
            exists (select from reports o where o.report_id = $3 and o.report_id <> r.report_id and o.agency_ori = r.agency_ori), t.reason, t.other_report_id, t.retracted_at
        from reports r left join retractions t on t.report_id = r.report_id
        where r.report_id = $1 and 'le:' || r.agency_ori = $2
        """;

    /// <summary>Why a report is taken back.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="OtherReportId">For a duplicate: the agency's other report, which stays.</param>
    public sealed record NewRetraction([Required, CodeOf(typeof(RetractionReasons))] string? Reason, Guid? OtherReportId);

    public static void MapRetractReport(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/reports/{reportId:guid}/retract", PostAsync)
        .RequireScope("encounters.write", kinds: "le").Records(LedgerActions.ReportRetracted).Repeatable("A report is taken back once: again, the answer is the same.")
        .Checks<NewRetraction>(Check).Problems(StatusCodes.Status410Gone, "report-destroyed").WithName("RetractReport");

    private static ValidationErrors Check(NewRetraction body, HttpContext http)
    {
        var errors = new ValidationErrors();
        if (!RetractionReasons.All.Contains(body.Reason))
            errors.AddUnknownCode("/reason", body.Reason, RetractionReasons.All);
        else if (body.Reason == RetractionReasons.DuplicateOfOtherReport && body.OtherReportId is null)
            errors.Add("/otherReportId", "required", "Give the reportId of the report that stays, from its receipt.");
        else if (body.Reason != RetractionReasons.DuplicateOfOtherReport && body.OtherReportId is not null)
            errors.Add("/otherReportId", "out-of-range", $"Another report is named only for {RetractionReasons.DuplicateOfOtherReport}. Leave it out.");
        return errors;
    }

    /// <summary>
    /// Takes a report of the caller's agency back. Nothing ends by it: whoever has the report is told, and decides; the telephone report stays owed, and is where to say why. A
    /// report that was taken back stays so, as it was the first time.
    /// </summary>
    private static async Task<Results<Ok<RetractedReport>, ProblemHttpResult>> PostAsync(Guid reportId, NewRetraction body, Request request, UnitStore store, TimeProvider time, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < 2; attempt++)
        {
            request.Begin();
            if (await FindAsync(store, reportId, body, request.Caller, cancellation) is not var (report, needs, isDestroyed, otherIsOwn, before))
                return Problem.NotFound("report");
            if (before is not null)
            {
                request.RecordsNothingNew();
                return TypedResults.Ok(before);
            }
            if (isDestroyed)
                return Problem.Of(StatusCodes.Status410Gone, "report-destroyed", "The details of this report were destroyed; nobody reads it any more, and it is not taken back. Tell the county by telephone.");
            if (body.OtherReportId is not null && !otherIsOwn)
                return new ValidationErrors().Add("/otherReportId", "unknown-report", "Your agency has no such other report. Give the reportId of the report that stays, from its receipt.").ToProblem();
            (report.Reason, report.OtherReportId, report.RetractedAt) = (body.Reason!, body.OtherReportId, time.GetUtcNow());
            request.Unit.Add(report);
            request.Unit.Publish(new ReportRetracted
            {
                EncounterId = report.EncounterId,
                At = report.RetractedAt,
                ReportId = reportId,
                Reason = report.Reason,
                OtherReportId = report.OtherReportId,
                NeedIds = needs,
            });
            request.Records(report: reportId, facts: new { reason = report.Reason });
            var answer = TypedResults.Ok(report.Shown);
            if (await request.CommitAsync(answer, cancellation) is null)
                return answer;
        }
        return Problem.StillRunning();
    }

    private static async Task<(Retraction Report, IReadOnlyList<Guid> Needs, bool IsDestroyed, bool OtherIsOwn, RetractedReport? Before)?> FindAsync(
        UnitStore store, Guid reportId, NewRetraction body, Caller caller, CancellationToken cancellation)
    {
        await using var row = await store.ReadAsync(Reader.Of(caller), cancellation, new NpgsqlBatchCommand(Find)
        {
            Parameters = { new() { Value = reportId }, new() { Value = caller.Organization.Text }, new() { Value = body.OtherReportId ?? Guid.Empty } },
        });
        if (!await row.ReadAsync(cancellation))
            return null;
        return (new() { ReportId = reportId, EncounterId = row.GetGuid(0), AgencyOri = row.GetString(1) },
            [.. JsonSerializer.Deserialize<IReadOnlyList<RequestedNeed>>(row.GetString(2), WireFormat.Json)!.Select(need => need.NeedId)], row.GetBoolean(3), row.GetBoolean(4),
            row.IsDBNull(5) ? null : new(reportId, row.GetString(5), row.IsDBNull(6) ? null : row.GetGuid(6), row.GetFieldValue<DateTimeOffset>(7)));
    }
}
