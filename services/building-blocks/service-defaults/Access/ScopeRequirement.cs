using Microsoft.AspNetCore.Authorization;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>What an endpoint asks of its caller. It is its own handler, and stays on the endpoint so that a refusal can say what was asked.</summary>
internal sealed class ScopeRequirement(string[] scopes, string[] kinds)
    : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public IReadOnlyList<string> Scopes => scopes;

    public IReadOnlyList<string> Kinds => kinds;

    // Called for every requirement of this type, not only for itself: a group's and the endpoint's own.
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (Caller.TryFrom(context.User, out var caller)
            && requirement.Scopes.All(caller.May)
            && (requirement.Kinds.Count == 0 || requirement.Kinds.Contains(caller.Organisation.Kind)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
