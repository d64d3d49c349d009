using System.Security.Cryptography;
using SafeHarbor.Intake.Duplicates;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Timeline;

namespace SafeHarbor.Intake.Encounters;

/// <summary><c>POST /v1/encounters</c>: an officer reports an encounter.</summary>
public sealed partial class ReportEncounter(ReceiptReader receipts, EarlierReports earlierReports, Acceptance acceptance, FingerprintKey fingerprintKey, KeySupply supply, TimelineNews news,
    TimeProvider time, ILogger<ReportEncounter> log)
{
    /// <summary>Reports an encounter. The receipt says where it goes and what is still owed: it does not replace the telephone report. A report that is on record already gets that receipt, with 200.</summary>
    internal static async Task<Results<Created<Receipt>, Ok<Receipt>, ProblemHttpResult>> PostAsync(EncounterReport report, Request request, HttpContext http,
        ReportEncounter handler, CancellationToken cancellation)
    {
        if (Refusal.Of(report, request.Caller) is { } refused)
            return refused;
        return await handler.HandleAsync(report.WithCanonicalCodes(), request, Preference.Wait(http.Request), http.Response, cancellation);
    }

    private DateTimeOffset Now => time.GetUtcNow();

    private async Task<Results<Created<Receipt>, Ok<Receipt>, ProblemHttpResult>> HandleAsync(EncounterReport report, Request request, TimeSpan? wait, HttpResponse response,
        CancellationToken cancellation)
    {
        var fingerprints = Fingerprints.Of(report, fingerprintKey);
        // What counts as the same body is what is understood of it; its hash is keyed, because it is one of personal data.
        request.Fingerprint = fingerprints.Content;
        for (var attempt = 0; attempt < 3; attempt++)
        {
            request.Begin();
            var earlier = await earlierReports.FindAsync(report, fingerprints, request.Caller, Now, cancellation);
            if (earlier.Check(report) is { Any: true } errors)
                return errors.ToProblem();
            var (receipt, isNew) = await DecideAsync(report, fingerprints, earlier, request, cancellation);
            switch (await request.CommitAsync(Answer(receipt, isNew), cancellation))
            {
                case null:
                    if (isNew)
                        LogAccepted(log, receipt.EncounterId, report.Children!.Count);
                    if (wait is { } patience)
                        receipt = await UntilRoutedAsync(receipt, isNew, patience, request, response, cancellation);
                    if (isNew)
                        return TypedResults.Created(AddressOf(receipt), receipt);
                    response.Headers.Location = AddressOf(receipt);
                    return TypedResults.Ok(receipt);
                case Encounter.NaturalKey:
                    // Another submission of the same encounter committed meanwhile: now it is found.
                    continue;
                case IdempotencyKeys.Constraint:
                    return Problem.StillRunning();
                case var constraint:
                    throw new InvalidOperationException($"Unexpected conflict at {constraint}.");
            }
        }
        return Problem.StillRunning();
    }

    /// <summary>An encounter that is known gets its receipt; a new one is put into the unit of work.</summary>
    private async Task<(Receipt Receipt, bool IsNew)> DecideAsync(EncounterReport report, Fingerprints fingerprints, Earlier earlier, Request request, CancellationToken cancellation)
    {
        if (earlier.SameIncident.FirstOrDefault(e => CryptographicOperations.FixedTimeEquals(e.Content, fingerprints.Content)) is { } known)
        {
            var state = await receipts.FindAsync(known.EncounterId, request.Caller, cancellation);
            return (state!.Receipt with { Duplicate = ReceiptDuplicate.OnRecord, Warnings = request.Warnings }, false);
        }
        using var taken = await supply.TakeAsync(Acceptance.KeysFor(report), cancellation);
        return (acceptance.Accept(report, fingerprints, earlier, taken, Now, request.Unit) with { Warnings = request.Warnings }, true);
    }

    private async Task<Receipt> UntilRoutedAsync(Receipt receipt, bool isNew, TimeSpan patience, Request request, HttpResponse response, CancellationToken cancellation)
    {
        var id = receipt.EncounterId;
        var state = await news.UntilAsync(id, patience, () => receipts.FindAsync(id, request.Caller, cancellation), s => Receipt.IsRouted(s!.Receipt), cancellation);
        Preference.Applied(response, "wait");
        receipt = state!.Receipt with { Duplicate = receipt.Duplicate, Warnings = request.Warnings };
        // The same request again gets this answer and not the one that was stored when nothing was known yet.
        await request.AnswerInsteadAsync(Answer(receipt, isNew), cancellation);
        return receipt;
    }

    private static IResult Answer(Receipt receipt, bool isNew) => isNew ? TypedResults.Created(AddressOf(receipt), receipt) : TypedResults.Ok(receipt);

    private static string AddressOf(Receipt receipt) => $"/v1/encounters/{receipt.EncounterId}";

    [LoggerMessage(Level = LogLevel.Information, Message = "Encounter {EncounterId} accepted with {Children} report(s)")]
    private static partial void LogAccepted(ILogger logger, Guid encounterId, int children);
}

internal static class ReportEncounterRoute
{
    public static void MapReportEncounter(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/encounters", ReportEncounter.PostAsync)
        .RequireScope("encounters.write", kinds: "le").RecordsNothing("What is reported is a record of its own, and nothing is read.").Idempotent()
        .Checks<EncounterReport>(EncounterValidation.Of).Waits("the responding county is known")
        .Problems(StatusCodes.Status403Forbidden, "other-agency").Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("ReportEncounter");
}
