using System.Text.Json.Serialization;
using SafeHarbor.Intake.Shortfalls;

namespace SafeHarbor.Intake.Encounters;

/// <summary>Nothing is wrong with what was sent.</summary>
/// <param name="Valid">Always true: what is wrong is answered as a problem.</param>
/// <param name="Shortfalls">What the report, sent as it is, will not lead to by itself, and what to do about it before it is sent; what its receipt would say.</param>
/// <param name="Warnings">What was ignored because the sender prefers leniency; absent when nothing was.</param>
public sealed record Validity(bool Valid, IReadOnlyList<Shortfall> Shortfalls, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ValidationError>? Warnings);

/// <summary><c>POST /v1/encounters/validate</c>: the same checks and shortfalls as for a report, nothing stored.</summary>
internal static class ValidateEncounter
{
    public static void MapValidateEncounter(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/encounters/validate", Validate)
        .RequireScope("encounters.write", kinds: "le").RecordsNothing("It reads and stores nothing.").Repeatable("It stores nothing.")
        .Checks<EncounterReport>(EncounterValidation.Of)
        .Problems(StatusCodes.Status403Forbidden, "other-agency").WithName("ValidateEncounter");

    /// <summary>Checks a report as if it were sent, and stores nothing.</summary>
    private static Results<Ok<Validity>, ProblemHttpResult> Validate(EncounterReport report, Request request, ShortfallRules shortfalls) =>
        Refusal.Of(report, request.Caller) is { } refused ? refused : TypedResults.Ok(new Validity(true, shortfalls.Of(report), request.Warnings));
}
