using Microsoft.AspNetCore.Authorization;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>What an endpoint asks of its caller. It is its own handler, and stays on the endpoint so that a refusal can say what was asked.</summary>
/// <param name="alternatives">Sets of scopes, of which one must be there whole.</param>
/// <param name="organizations">Kinds (<c>county</c>) or organizations (<c>state:ca</c>); all when empty.</param>
internal sealed class ScopeRequirement(IReadOnlyList<IReadOnlyList<string>> alternatives, IReadOnlyList<string> organizations)
    : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public IReadOnlyList<string> Organizations => organizations;

    /// <summary>The sets of scopes that satisfy all of an endpoint's demands.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> ScopesOf(IEnumerable<ScopeRequirement> demands) =>
        demands.Select(demand => demand.Alternatives).Aggregate(
            (IReadOnlyList<IReadOnlyList<string>>)[[]],
            (sets, more) => [.. from set in sets from also in more select (IReadOnlyList<string>)[.. set.Union(also)]]);

    private IReadOnlyList<IReadOnlyList<string>> Alternatives => alternatives;

    // Called for every requirement of this type, not only for itself: a group's and the endpoint's own.
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (Caller.TryFrom(context.User, out var caller)
            && requirement.Alternatives.Any(scopes => scopes.All(caller.May))
            && (requirement.Organizations.Count == 0
                || requirement.Organizations.Contains(caller.Organization.Kind)
                || requirement.Organizations.Contains(caller.Organization.Text)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
