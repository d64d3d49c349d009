using System.ComponentModel.DataAnnotations;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>The response in person.</summary>
/// <param name="At">When the county saw the child, or was where it was to be.</param>
public sealed record InPersonResponse([Required] DateTimeOffset? At);

/// <summary><c>POST /v1/handoffs/{handoffId}/record-in-person</c>: the county has responded in person, as it had determined or because the officer had called it. It ends what is waited for; the first record holds.</summary>
internal static class RecordInPerson
{
    public static void MapRecordInPerson(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var time = services.GetRequiredService<TimeProvider>();
        ActOnHandoff.Handoffs(services.GetRequiredService<LawRegister>(), Refused)
            .MapCommand<InPersonResponse, RespondInPerson>(routes, "/v1/handoffs/{handoffId:guid}/record-in-person", LedgerActions.HandoffRespondedInPerson, m => m.InPersonRequested,
                (body, _, errors) => Asked(body, errors, time.GetUtcNow()), r => new { at = r.At })
            .RequireScope("handoffs.act", kinds: "county").Problems(StatusCodes.Status409Conflict, "handoff-drill", "handoff-withdrawn", "handoff-referred-on", "handoff-state", "response-not-determined")
            .WithName("RecordInPerson").WithSummary("Records that the county has seen the child in person, as it had determined or because the officer had called it. It ends that waiting; the answer is the handoff as it is then.");
    }

    internal static ProblemHttpResult Refused(Handoff handoff) => handoff.CurrentState switch
    {
        nameof(HandoffMachine.Accepted) or nameof(HandoffMachine.ResponseDetermined) or nameof(HandoffMachine.Closed) => Problem.Conflict("response-not-determined",
            "Your county has determined no response in person that is still to come, and no call of an officer has started its clock for one. Determine one with POST /v1/handoffs/{handoffId}/determine-response, then send this again."),
        _ => ActOnHandoff.Refused(handoff),
    };

    private static RespondInPerson? Asked(InPersonResponse body, ValidationErrors errors, DateTimeOffset now)
    {
        if (body.At is null)
            errors.Add("/at", "required", "Say when the child was seen.");
        errors.AddImplausible("/at", body.At, now);
        return errors.Any ? null : new(body.At!.Value.ToUniversalTime());
    }
}
