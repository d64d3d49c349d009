using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>What a caller with a valid token is told who may not call an endpoint. It follows from the token and from what the endpoint asks alone: no record was looked for.</summary>
/// <param name="Detail">For people: what is missing and who can give it.</param>
/// <param name="Challenges">For programs (RFC 6750, section 3): one for each set of scopes that would suffice; none when scopes are not what is missing.</param>
internal sealed record RefusedCaller(string Detail, IReadOnlyList<string> Challenges)
{
    public static RefusedCaller Of(HttpContext context)
    {
        var demands = context.GetEndpoint()?.Metadata.GetOrderedMetadata<ScopeRequirement>() ?? [];
        var state = context.RequestServices.GetRequiredService<State>().Organization;
        if (!Caller.TryFrom(context.User, out var caller))
            return ToAsk($"The token must carry one 'sub' claim and one 'org' claim: le:<ORI>, county:<FIPS>, provider:<slug>, da:<FIPS> or {state}", []);
        if (caller.Organization.Kind == Organization.State && caller.Organization != state)
            return ToAsk($"Of the states, only {state} may do anything here, and the token's 'org' claim names another", []);
        if (demands.Where(demand => !demand.AdmitsKind(caller.Organization)).ToList() is { Count: > 0 } others)
            return ToAsk($"The token's organization is of the wrong kind: this is for {string.Join(" and ", others.Select(demand => Kinds(demand, state)).Distinct())}", []);

        var sets = ScopeRequirement.ScopesOf(demands).Select(set => string.Join(' ', set)).ToList();
        return ToAsk($"The token must carry the scope {string.Join(" or ", sets.Select(set => $"'{set}'"))}",
            [.. sets.Select(set => $"Bearer error=\"insufficient_scope\", scope=\"{set}\"")]);
    }

    private static RefusedCaller ToAsk(string what, IReadOnlyList<string> challenges) =>
        new($"{what}. Ask whoever administers your organization's access for such a token.", challenges);

    private static string Kinds(ScopeRequirement demand, Organization state) =>
        string.Join(" or ", demand.Kinds.Select(kind => kind == Organization.State ? state.Text : kind));
}
