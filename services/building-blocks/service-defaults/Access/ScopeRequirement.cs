using Microsoft.AspNetCore.Authorization;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>What an endpoint asks of its caller. It stays on the endpoint so that a refusal can say what was asked.</summary>
/// <param name="alternatives">Sets of scopes, of which one must be there whole.</param>
/// <param name="kinds">Kinds of organization; all when empty.</param>
internal sealed class ScopeRequirement(IReadOnlyList<IReadOnlyList<string>> alternatives, IReadOnlyList<string> kinds) : IAuthorizationRequirement
{
    public IReadOnlyList<string> Kinds => kinds;

    /// <summary>The sets of scopes that satisfy all of an endpoint's demands.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ScopesOf(IEnumerable<ScopeRequirement> demands) =>
        demands.Select(demand => demand.Alternatives).Aggregate(
            (IReadOnlyList<IReadOnlyList<string>>)[[]],
            (sets, more) => [.. from set in sets from also in more select (IReadOnlyList<string>)[.. set.Union(also)]]);

    public bool AdmitsKind(Organization organization) => kinds.Count == 0 || kinds.Contains(organization.Kind);

    private IReadOnlyList<IReadOnlyList<string>> Alternatives => alternatives;

    /// <summary>Holds callers against it. Of the kind <c>state</c> there is one here, this installation's own; any other state may do nothing.</summary>
    internal sealed class Handler(State state) : AuthorizationHandler<ScopeRequirement>
    {
        // Called for every requirement: a group's and the endpoint's own.
        protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
        {
            if (Caller.TryFrom(context.User, out var caller)
                && requirement.Alternatives.Any(scopes => scopes.All(caller.May))
                && requirement.AdmitsKind(caller.Organization)
                && (caller.Organization.Kind != Organization.State || caller.Organization == state.Organization))
            {
                context.Succeed(requirement);
            }

            return Task.CompletedTask;
        }
    }
}
