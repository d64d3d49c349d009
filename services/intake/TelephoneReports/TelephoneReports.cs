using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Ledger;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Sagas;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Intake.TelephoneReports;

/// <summary><c>PUT /v1/encounters/{id}/telephone-report</c>: the call that SafeHarbor does not replace has been made.</summary>
public static class TelephoneReports
{
    public static void MapTelephoneReports(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/v1/encounters/{encounterId:guid}/telephone-report", PutAsync).RequireScope("encounters.write", kinds: "le");

    /// <summary>Adds a recorded call and its event to a unit of work.</summary>
    public static void Record(UnitOfWork unit, TelephoneReport report)
    {
        unit.Add(report);
        unit.Publish(new TelephoneReportRecorded { EncounterId = report.EncounterId, At = report.RecordedAt, CalledAt = report.CalledAt });
    }

    private static async Task<Results<Ok<Receipt>, ProblemHttpResult>> PutAsync(Guid encounterId, TelephoneCall call, Caller caller,
        ReceiptReader receipts, SagaCommands<ReportClockMachine, ReportClock> clocks, KeySupply supply, FingerprintKey fingerprintKey, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var errors = new EncounterValidation(now).Check(call, "");
        if (errors.Any)
            return errors.ToProblem();
        if (!await receipts.ExistsAsync(encounterId, caller, cancellation))
            return Problem.NotFound("encounter");
        // It would be kept without anything that it belongs to, and never destroyed.
        if (!await receipts.HasDetailsAsync(encounterId, caller, cancellation))
            return Problem.Of(StatusCodes.Status410Gone, "report-destroyed", "The details of this encounter were destroyed, so no call is added to them. Its receipt and ledger remain.");
        using var taken = await supply.TakeAsync(1, cancellation);
        var clock = ReportClock.IdOf(encounterId, ClockRules.Telephone);
        var recorded = new RecordTelephoneReport(encounterId, clock,
            TelephoneReport.Of(call, encounterId, now, taken.Next()), TelephoneReport.FingerprintOf(call, encounterId, fingerprintKey));
        var (outcome, _) = await clocks.RaiseAsync(clock, m => m.Recorded, recorded, _ => true,
            _ => LedgerEntry.By(caller, LedgerActions.TelephoneReportRecorded, now, encounterId), cancellation);
        if (outcome != CommandOutcome.Done)
            throw new InvalidOperationException("The telephone report's clock did not take the call; nothing was recorded.");
        return TypedResults.Ok((await receipts.FindAsync(encounterId, caller, cancellation))!.Receipt);
    }
}
