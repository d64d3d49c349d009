using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using SafeHarbor.Contracts.Intake;
using SafeHarbor.Intake.Duplicates;
using SafeHarbor.Intake.Encounters;
using SafeHarbor.Intake.Keys;
using SafeHarbor.ServiceDefaults.Comparing;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Workers;

/// <summary><c>PUT /v1/reports/{reportId}/worker</c>: a county that has accepted says which of its workers has the case.</summary>
internal static class AssignWorker
{
    private const string Added = "Another worker is added, and the latest one holds; what was said stays.";

    /// <summary>Who has the case.</summary>
    /// <param name="Name">The worker's name.</param>
    /// <param name="Phone">Where the worker is reached: a number that an officer can call.</param>
    /// <param name="Extension">The extension there.</param>
    /// <param name="ReferralNumber">The county's own number of the report in the state's case system, in the state's form.</param>
    public sealed record NewWorker([Required, MinLength(1), MaxLength(Permitted.Text)] string? Name, [Required, MinLength(1), MaxLength(Permitted.Text)] string? Phone,
        [MaxLength(Permitted.Text)] string? Extension, [MaxLength(Permitted.Text)] string? ReferralNumber);

    public static void MapAssignWorker(this IEndpointRouteBuilder routes) => routes.MapPut("/v1/reports/{reportId:guid}/worker", PutAsync)
        .RequireScope("handoffs.act", kinds: "county").Records(LedgerActions.WorkerAssigned).Unconditional(Added).Checks<NewWorker>(Check)
        .Problems(StatusCodes.Status409Conflict, "handoff-not-accepted").Problems(StatusCodes.Status410Gone, "report-destroyed")
        .Problems(StatusCodes.Status503ServiceUnavailable, "keys-unavailable").WithName("AssignWorker");

    private static ValidationErrors Check(NewWorker body, HttpContext http)
    {
        var errors = new ValidationErrors();
        Text("/name", body.Name, "Give the name of the worker who has the case.");
        Text("/phone", body.Phone, "Give a telephone number at which the worker is reached.");
        Length("/extension", body.Extension);
        var form = http.RequestServices.GetRequiredService<State>().ReferralNumber;
        if (body.ReferralNumber is { } number && !Regex.IsMatch(number, form.Pattern, RegexOptions.None, TimeSpan.FromSeconds(1)))
            errors.Add("/referralNumber", "wrong-form", $"The state's case system has {form.Says}. Leave it out while there is none.");
        return errors;

        void Text(string at, string? text, string detail)
        {
            if (CanonicalText.Of(text) is null)
                errors.Add(at, "required", detail);
            Length(at, text);
        }

        void Length(string at, string? text)
        {
            if (text is { Length: > Permitted.Text })
                errors.Add(at, "too-long", $"At most {Permitted.Text} characters are taken here.");
        }
    }

    /// <summary>Says which worker of a county has the case: by the responding county, or that of the dependency case, once it has accepted.</summary>
    private static async Task<Results<Ok<AssignedWorker>, ProblemHttpResult>> PutAsync(Guid reportId, NewWorker body, Request request, UnitStore store, KeySupply supply,
        FingerprintKey fingerprints, LawRegister law, TimeProvider time, CancellationToken cancellation)
    {
        var (now, county) = (time.GetUtcNow(), request.Caller.Organization);
        if (await AssignableReport.FindAsync(store, reportId, county, law, cancellation) is not { } found)
            return Problem.NotFound("report");
        if (found.IsDestroyed)
            return Problem.Of(StatusCodes.Status410Gone, "report-destroyed", "The details of this report were destroyed, so no worker is added to them. Tell the agency by telephone.");
        if (!found.HasAccepted)
        {
            return Problem.Conflict("handoff-not-accepted", "The worker is named by the responding county, or that of the dependency case, once it has accepted. Accept the handoff of your county and send "
                + "this again; when that was just now, in a few seconds.");
        }
        var content = fingerprints.Of($"worker/{reportId}/{county}", CanonicalJson.Of(body));
        if (CryptographicOperations.FixedTimeEquals(found.LastContent, content))
        {
            request.RecordsNothingNew();
            return Answer(found.LastAt);
        }
        using var taken = await supply.TakeAsync(1, cancellation);
        request.Unit.Add(found.Sealed(new(body.Name!, body.Phone!, body.Extension, body.ReferralNumber), content, county, taken.Next(), now));
        request.Unit.Publish(new WorkerAssigned { EncounterId = found.EncounterId, At = now, ReportId = reportId, Organization = county });
        request.Records(report: reportId);
        return await request.CommitAsync(Answer(now), cancellation) is null ? Answer(now) : Problem.StillRunning();

        Ok<AssignedWorker> Answer(DateTimeOffset at) => TypedResults.Ok(new AssignedWorker(county, at, body.Name!, body.Phone!, body.Extension, body.ReferralNumber));
    }
}
