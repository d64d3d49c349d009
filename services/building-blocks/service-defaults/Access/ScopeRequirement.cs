using Microsoft.AspNetCore.Authorization;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>What an endpoint asks of its caller. It is its own handler, and stays on the endpoint so that a refusal can say what was asked.</summary>
internal sealed class ScopeRequirement(string[] scopes, string[] kinds)
    : AuthorizationHandler<ScopeRequirement>, IAuthorizationRequirement
{
    public IReadOnlyList<string> Scopes => scopes;

    public IReadOnlyList<string> Kinds => kinds;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, ScopeRequirement requirement)
    {
        if (Caller.TryFrom(context.User, out var caller)
            && scopes.All(caller.May)
            && (kinds.Length == 0 || kinds.Contains(caller.Organisation.Kind)))
        {
            context.Succeed(requirement);
        }

        return Task.CompletedTask;
    }
}
