using System.ComponentModel.DataAnnotations;
using SafeHarbor.CountyRouting.Jurisdiction;
using SafeHarbor.CountyRouting.Packs;

namespace SafeHarbor.CountyRouting.Desk;

/// <summary>A person at the desk decides.</summary>
/// <param name="Organization">A county of the map.</param>
/// <param name="By">Subject of the token of whoever decided.</param>
public sealed record AssignDeskItem(Organization Organization, string By);

/// <summary>The county that a person at the desk has decided on.</summary>
/// <param name="Organization">Such as <c>county:06037</c>.</param>
public sealed record DeskAssignment([Required, MaxLength(Contracts.Organization.Longest)] string? Organization);

/// <summary>
/// <c>POST /v1/desk/{deskItemId}/assign</c>: the statewide desk decides what routing could not, confirms what it guessed, and corrects its own decision until a county
/// has accepted. The same decision again gets the same answer.
/// </summary>
internal static class Assigning
{
    private static readonly SagaResource<DeskItemMachine, DeskItem, DeskItemView> Desk = new("desk item",
        MayAct: (_, _) => true,
        View: (item, _) => DeskItemView.Of(item),
        Refused: Refused);

    internal static ProblemHttpResult Refused(DeskItem item) => Problem.Conflict("already-accepted",
        "A county has accepted the report and is responsible for it: GET /v1/desk/{deskItemId} names it. The desk does not give it to another any more. When the child is elsewhere, call that county and the one where the child is.");

    public static void MapAssignDeskItem(this IEndpointRouteBuilder routes) => Desk
        .MapCommand<DeskAssignment, AssignDeskItem>(routes, "/v1/desk/{deskItemId:guid}/assign", LedgerActions.DeskAssigned, m => m.Assign,
            (body, caller, errors) => Decided(body, caller, errors, routes.ServiceProvider.GetRequiredService<CountyMap>()),
            a => new { organization = a.Organization }, isDone: (item, a) => item.AssignedOrganization == a.Organization)
        .RequireScope("desk.act", kinds: Organization.State).RequirePacks().Problems(StatusCodes.Status409Conflict, "already-accepted")
        .WithName("AssignDeskItem").WithSummary("Decides which county responds: what routing could not determine, what it guessed, and again until a county has accepted. The same decision again gets the same answer.");

    private static AssignDeskItem? Decided(DeskAssignment body, Caller caller, ValidationErrors errors, CountyMap map)
    {
        if (Organization.TryParse(body.Organization, out var organization) && map.OfOrganization(organization) is { } county)
            return new(county.Organization, caller.Subject);
        errors.Add("/organization", "unknown-county", $"Give a county of {map.State.Name}, such as {map.Counties[0].Organization}; GET /v1/counties lists them.");
        return null;
    }
}
