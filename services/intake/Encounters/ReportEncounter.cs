using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using SafeHarbor.Intake.Duplicates;
using SafeHarbor.Intake.Keys;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Requests;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Problems;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace SafeHarbor.Intake.Encounters;

/// <summary><c>POST /v1/encounters</c>: an officer reports an encounter.</summary>
public sealed partial class ReportEncounter(Store store, IdempotencyKeys keys, ReceiptReader receipts, Acceptance acceptance, FingerprintKey fingerprintKey,
    KeySupply supply, TimelineNews news, TimeProvider time, IOptions<JsonOptions> json, ILogger<ReportEncounter> log)
{
    private sealed record Answer(int Status, Receipt Receipt)
    {
        public string Location => $"/v1/encounters/{Receipt.EncounterId}";
    }

    public static async Task<Results<ContentHttpResult, ProblemHttpResult>> PostAsync(EncounterReport report, HttpContext http, Caller caller,
        TimeProvider time, ReportEncounter handler, CancellationToken cancellation)
    {
        var errors = new EncounterValidation(time.GetUtcNow()).Check(report);
        var key = IdempotencyKey.Of(http.Request, errors);
        if (Refusal.Of(report, caller, errors) is { } refused)
            return refused;
        return await handler.HandleAsync(report, key, Preference.Wait(http.Request), caller, http.Response, cancellation);
    }

    private async Task<Results<ContentHttpResult, ProblemHttpResult>> HandleAsync(EncounterReport report, string? key, TimeSpan? wait, Caller caller,
        HttpResponse response, CancellationToken cancellation)
    {
        var fingerprints = Fingerprints.Of(report, fingerprintKey);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            var unit = new UnitOfWork();
            var answer = await DecideAsync(report, fingerprints, caller, unit, cancellation);
            if (key is not null)
                unit.Add(Remembered(answer, key, fingerprints.Content, caller));
            switch (await store.CommitAsync(unit, cancellation))
            {
                case null:
                    if (answer.Status == StatusCodes.Status201Created)
                        LogAccepted(log, answer.Receipt.EncounterId, report.Children!.Count);
                    if (wait is { } patience)
                        answer = await UntilRoutedAsync(answer, key, fingerprints.Content, patience, caller, response, cancellation);
                    return Write(response, answer.Status, answer.Location, Serialize(answer.Receipt));
                case IdempotencyKeys.Constraint:
                    return await ReplayAsync(caller, key!, fingerprints.Content, response, cancellation);
                case Encounter.NaturalKey:
                    // Another submission of the same encounter committed meanwhile: now it is found.
                    continue;
                case var constraint:
                    throw new InvalidOperationException($"Unexpected conflict at {constraint}.");
            }
        }
        return Problem.Conflict("still-running", "The same encounter is just being submitted. Send the request again in a few seconds.");
    }

    /// <summary>An encounter that is known gets its receipt; a new one is put into the unit of work.</summary>
    private async Task<Answer> DecideAsync(EncounterReport report, Fingerprints fingerprints, Caller caller, UnitOfWork unit, CancellationToken cancellation)
    {
        var same = await receipts.SameIncidentAsync(report.Source!.IncidentNumber!, caller, cancellation);
        if (same.FirstOrDefault(e => CryptographicOperations.FixedTimeEquals(e.Children, fingerprints.Children)) is { } known)
        {
            var state = await receipts.FindAsync(known.EncounterId, caller, cancellation);
            var duplicate = ReceiptDuplicate.Of(contentDiffers: !CryptographicOperations.FixedTimeEquals(known.Content, fingerprints.Content));
            return new(StatusCodes.Status200OK, state!.Receipt with { Duplicate = duplicate });
        }
        using var taken = await supply.TakeAsync(Acceptance.KeysFor(report), cancellation);
        return new(StatusCodes.Status201Created, acceptance.Accept(report, fingerprints, same.Select(e => e.EncounterId), taken, time.GetUtcNow(), unit));
    }

    private async Task<Answer> UntilRoutedAsync(Answer answer, string? key, byte[] content, TimeSpan patience, Caller caller, HttpResponse response,
        CancellationToken cancellation)
    {
        var id = answer.Receipt.EncounterId;
        var state = await news.UntilAsync(id, patience, () => receipts.FindAsync(id, caller, cancellation), s => Receipt.IsRouted(s!.Receipt), cancellation);
        response.Headers["Preference-Applied"] = "wait";
        answer = answer with { Receipt = state!.Receipt with { Duplicate = answer.Receipt.Duplicate } };
        if (key is not null)
        {
            // The same request again gets this answer and not the one that was stored when nothing was known yet.
            var unit = new UnitOfWork();
            unit.Put(Remembered(answer, key, content, caller));
            await store.CommitAsync(unit, cancellation);
        }
        return answer;
    }

    private async Task<Results<ContentHttpResult, ProblemHttpResult>> ReplayAsync(Caller caller, string key, byte[] content, HttpResponse response,
        CancellationToken cancellation)
    {
        var (earlier, isSame) = await keys.FindAsync(caller.Organization.Text, key, content, cancellation);
        if (earlier is null)
            return Problem.Conflict("still-running", "A request with this Idempotency-Key is still running. Send it again in a few seconds.");
        if (!isSame)
            return Problem.Unprocessable("idempotency-key-reused", "This Idempotency-Key was used for another body. Use a new key for a new encounter.");
        response.Headers["Idempotent-Replayed"] = "true";
        return Write(response, earlier.Status, earlier.Location, earlier.Answer);
    }

    private static ContentHttpResult Write(HttpResponse response, int status, string? location, string body)
    {
        response.Headers.Location = location;
        return TypedResults.Text(body, "application/json", System.Text.Encoding.UTF8, status);
    }

    // What counts as the same body is what is understood of it; its hash is keyed, because it is one of personal data.
    private IdempotencyKeyRow Remembered(Answer answer, string key, byte[] content, Caller caller) => new()
    {
        Caller = caller.Organization.Text,
        Key = key,
        RequestHash = content,
        Status = answer.Status,
        Location = answer.Location,
        Answer = Serialize(answer.Receipt),
    };

    private string Serialize(Receipt receipt) => JsonSerializer.Serialize(receipt, json.Value.SerializerOptions);

    [LoggerMessage(Level = LogLevel.Information, Message = "Encounter {EncounterId} accepted with {Children} report(s)")]
    private static partial void LogAccepted(ILogger logger, Guid encounterId, int children);
}
