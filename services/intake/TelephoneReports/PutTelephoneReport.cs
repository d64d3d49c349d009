using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Receipts;

namespace SafeHarbor.Intake.TelephoneReports;

/// <summary><c>PUT /v1/encounters/{encounterId}/telephone-report</c>: the call that SafeHarbor does not replace has been made. The same call again changes nothing.</summary>
internal static class PutTelephoneReport
{
    private const string Added = "A call that differs is added as a correction; what was recorded stays.";

    public static void MapTelephoneReports(this IEndpointRouteBuilder routes) => routes.MapPut("/v1/encounters/{encounterId:guid}/telephone-report", PutAsync)
        .RequireScope("encounters.write", kinds: "le").Records(LedgerActions.TelephoneReportRecorded).Unconditional(Added)
        .Checks<TelephoneCall>(EncounterValidation.Of)
        .Problems(StatusCodes.Status410Gone, "report-destroyed").Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("RecordTelephoneReport");

    /// <summary>Records that the call which SafeHarbor does not replace has been made. The same call again changes nothing; one that differs is added as a correction.</summary>
    private static async Task<Results<Ok<Receipt>, ProblemHttpResult>> PutAsync(Guid encounterId, TelephoneCall call, Request request, ReceiptReader receipts,
        SagaCommands<ReportClockMachine, ReportClock> clocks, KeySupply supply, FingerprintKey fingerprintKey, TimeProvider time, CancellationToken cancellation)
    {
        var (now, caller) = (time.GetUtcNow(), request.Caller);
        if (!await receipts.ExistsAsync(encounterId, caller, cancellation))
            return Problem.NotFound("encounter");
        // It would be kept without anything that it belongs to, and never destroyed.
        if (!await receipts.HasDetailsAsync(encounterId, caller, cancellation))
            return Problem.Of(StatusCodes.Status410Gone, "report-destroyed", "The details of this encounter were destroyed, so no call is added to them. Keep the record of the call at your agency; GET /v1/encounters/{encounterId} still gives the receipt.");
        using var taken = await supply.TakeAsync(1, cancellation);
        var recorded = new RecordTelephoneReport(TelephoneReport.Of(call, encounterId, now, taken.Next()), TelephoneReport.FingerprintOf(call, encounterId, fingerprintKey));
        var (outcome, _) = await clocks.RaiseAsync(ReportClock.IdOf(encounterId, ReportClocks.Telephone), m => m.Recorded, recorded, _ => true,
            _ => request.TakeEntry().Describe(encounterId, null, null), cancellation);
        if (outcome == CommandOutcome.DoneBefore)
            request.RecordsNothingNew();
        else if (outcome != CommandOutcome.Done)
            throw new InvalidOperationException("The telephone report's clock did not take the call; nothing was recorded.");
        return TypedResults.Ok((await receipts.FindAsync(encounterId, caller, cancellation))!.Receipt);
    }
}
