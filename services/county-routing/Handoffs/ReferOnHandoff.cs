using System.ComponentModel.DataAnnotations;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.CountyRouting.Handoffs;

/// <summary>Whom a report is referred on to, and why.</summary>
/// <param name="Organization">The county that it belongs to, such as <c>county:06059</c>.</param>
/// <param name="Reason">Why.</param>
public sealed record ReferralOn([Required, MaxLength(Contracts.Organization.Longest)] string? Organization, [Required, CodeOf(typeof(ReferralReasons))] string? Reason);

/// <summary>
/// <c>POST /v1/handoffs/{handoffId}/refer-on</c>: the responding county refers a report on that is another's. That is to accept it too; it stays responsible until the other has accepted. The
/// same again gets the same answer.
/// </summary>
internal static class ReferOnHandoff
{
    public static void MapReferOn(this IEndpointRouteBuilder routes)
    {
        var services = routes.ServiceProvider;
        var map = services.GetRequiredService<CountyMap>();
        ActOnHandoff.Handoffs(services.GetRequiredService<LawRegister>(), Refused)
            .MapCommand<ReferralOn, ReferOn>(routes, "/v1/handoffs/{handoffId:guid}/refer-on", LedgerActions.HandoffReferredOn, m => m.ReferOnRequested,
                (body, caller, errors) => Asked(body, caller, errors, map), r => new { organization = r.To, reason = r.Reason }, isDone: (handoff, r) => handoff.ReferredTo == r.To)
            .RequireScope("handoffs.act", kinds: "county").Problems(StatusCodes.Status409Conflict, "handoff-drill", "handoff-withdrawn", "handoff-referred-on", "handoff-closed", "handoff-not-responder").WithName("ReferOnHandoff")
            .WithSummary("Refers the report on to the county that it belongs to, and accepts it until that one has. The answer is the handoff as it is then.");
    }

    internal static ProblemHttpResult Refused(Handoff handoff) => handoff.CurrentState is nameof(HandoffMachine.Withdrawn) or nameof(HandoffMachine.ReferredOn) or nameof(HandoffMachine.Referring)
            or nameof(HandoffMachine.Closed)
        ? ActOnHandoff.Refused(handoff)
        : NotResponder;

    internal static ProblemHttpResult NotResponder => Problem.Conflict("handoff-not-responder",
            "Another county responds to this report; only that one determines the response, refers it on and closes it. When the child is in your county, accept your part of it, with POST /v1/handoffs/{handoffId}/accept, and call the statewide desk.");

    private static ReferOn? Asked(ReferralOn body, Caller caller, ValidationErrors errors, CountyMap map)
    {
        var county = Organization.TryParse(body.Organization, out var organization) ? map.OfOrganization(organization) : null;
        if (county is null)
            errors.Add("/organization", "unknown-county", $"Give a county of {map.State.Name}, such as {map.Counties[0].Organization}; GET /v1/counties lists them.");
        else if (county.Organization == caller.Organization)
            errors.Add("/organization", "own-county", "This is your own county. Accept the report instead, with POST /v1/handoffs/{handoffId}/accept.");
        if (!ReferralReasons.All.Contains(body.Reason))
            errors.AddUnknownCode("/reason", body.Reason, ReferralReasons.All);
        return errors.Any ? null : new(county!.Organization, body.Reason!, caller.Subject);
    }
}
