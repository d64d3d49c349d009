using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Intake.Encounters;

/// <summary>Nothing is wrong with what was sent.</summary>
/// <param name="Valid">Always true: what is wrong is answered as a problem.</param>
public sealed record Validity(bool Valid);

/// <summary><c>POST /v1/encounters/validate</c>: the same checks as for a report, nothing stored.</summary>
internal static class ValidateEncounter
{
    public static void MapValidateEncounter(this IEndpointRouteBuilder routes) => routes.MapPost("/v1/encounters/validate", Validate)
        .RequireScope("encounters.write", kinds: "le").RecordsNothing("It reads and stores nothing.").Repeatable("It stores nothing.")
        .Problems(StatusCodes.Status403Forbidden, "other-agency").WithName("ValidateEncounter");

    /// <summary>Checks a report as if it were sent, and stores nothing.</summary>
    private static Results<Ok<Validity>, ProblemHttpResult> Validate(EncounterReport report, Caller caller, State state, TimeProvider time) =>
        Refusal.Of(report, caller, new EncounterValidation(time.GetUtcNow(), state).Check(report)) is { } refused ? refused : TypedResults.Ok(new Validity(true));
}
