using SafeHarbor.Intake.Duplicates;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Supplements;

/// <summary><c>POST /v1/reports/{reportId}/supplements</c>: the reporting agency adds to a report. What was submitted stays as it is, and everybody who has the report is told.</summary>
internal static class SupplementReport
{
    public static void MapSupplementReport(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/reports/{reportId:guid}/supplements", PostAsync)
        .RequireScope("encounters.write", kinds: "le").Records(LedgerActions.ReportSupplemented).Idempotent().Checks<NewSupplement>(EncounterValidation.Of)
        .Problems(StatusCodes.Status409Conflict, "report-retracted").Problems(StatusCodes.Status410Gone, "report-destroyed").Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("SupplementReport");

    /// <summary>
    /// Adds what has become known to a report of the caller's agency: whoever may read the report reads it from then on, and everybody who has it is told. Nothing that was
    /// submitted changes, and nobody else responds because of it. What is on record already is not added again, and gets its answer with 200.
    /// </summary>
    private static async Task<Results<Created<TakenSupplement>, Ok<TakenSupplement>, ProblemHttpResult>> PostAsync(Guid reportId, NewSupplement body, Request request, UnitStore store, KeySupply supply,
        FingerprintKey fingerprints, State state, TimeProvider time, CancellationToken cancellation)
    {
        var said = body.WithCanonicalCodes();
        // Keyed, because it is one of personal data.
        var content = request.Fingerprint = fingerprints.Of($"supplement/{reportId}", CanonicalJson.Of(said));
        for (var attempt = 0; attempt < 3; attempt++)
        {
            request.Begin();
            if (await SupplementedReport.FindAsync(store, reportId, content, request.Caller, cancellation) is not { } found)
                return Problem.NotFound("report");
            if (found.IsDestroyed)
                return Destroyed();
            if (found.Same is { } earlier)
            {
                request.RecordsNothingNew();
                return TypedResults.Ok(earlier);
            }
            if (found.IsRetracted)
                return Problem.Conflict("report-retracted", "Your agency has taken this report back, so nothing is added to it any more. When there is something to it after all, report it as a report of its own, with "
                    + "POST /v1/encounters, and name this one as the child's sameChildAs: it goes to a county anew. Then call the county that has this one.");
            if (EncounterValidation.CheckAge(said, found.EncounteredOn(state)) is { Any: true } errors)
                return errors.ToProblem();
            using var taken = await supply.TakeAsync(1, cancellation);
            var supplement = found.Next(said, content, state, taken.Next(), time.GetUtcNow());
            request.Unit.Add(supplement);
            request.Unit.Publish(found.Event(supplement));
            request.Records(supplement.SupplementId, reportId, new { sequence = supplement.Sequence });
            var answer = TypedResults.Created($"/v1/encounters/{supplement.EncounterId}", supplement.Shown);
            switch (await request.CommitAsync(answer, cancellation))
            {
                case null:
                    return answer;
                case Supplement.NextInReport:
                    // Another was added meanwhile, perhaps the same: now it is found.
                    continue;
                case Supplement.NotDestroyed:
                    return Destroyed();
                default:
                    return Problem.StillRunning();
            }
        }
        return Problem.StillRunning();
    }

    private static ProblemHttpResult Destroyed() => Problem.Of(StatusCodes.Status410Gone, "report-destroyed",
        "The details of this report were destroyed, so nothing is added to them. Tell the county by telephone, or report what is new as a report of its own, with POST /v1/encounters.");
}
