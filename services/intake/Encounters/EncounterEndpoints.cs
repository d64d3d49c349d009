using Microsoft.AspNetCore.Http.HttpResults;
using SafeHarbor.Intake.Clocks;
using SafeHarbor.Intake.Receipts;
using SafeHarbor.Intake.Timeline;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.Intake.Encounters;

/// <summary>The paths under <c>/v1/encounters</c>.</summary>
public static class EncounterEndpoints
{
    public static void AddEncounters(this IServiceCollection services)
    {
        services.AddSingleton<ClockRules>();
        services.AddSingleton<TimelineNews>();
        services.AddSingleton<Acceptance>();
        services.AddSingleton<ReceiptReader>();
        services.AddSingleton<ReportEncounter>();
    }

    public static void MapEncounters(this IEndpointRouteBuilder routes)
    {
        var encounters = routes.MapGroup("/v1/encounters");
        encounters.MapPost("", ReportEncounter.PostAsync).RequireScope("encounters.write", kinds: "le")
            .Produces<Receipt>(StatusCodes.Status201Created).Produces<Receipt>();
        encounters.MapPost("/validate", Validate).RequireScope("encounters.write", kinds: "le");
        encounters.MapGet("", ReadEncounters.ListAsync).RequireScope("encounters.read", kinds: "le");
        encounters.MapGet("/{encounterId:guid}", ReadEncounters.GetAsync).RequireScope("encounters.read", kinds: "le");
    }

    private static Results<Ok<Validity>, ProblemHttpResult> Validate(EncounterReport report, Caller caller, TimeProvider time) =>
        Refusal.Of(report, caller, new EncounterValidation(time.GetUtcNow()).Check(report)) is { } refused ? refused : TypedResults.Ok(new Validity(true));
}

/// <summary>Nothing is wrong with what was sent.</summary>
public sealed record Validity(bool Valid);
