using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using SafeHarbor.Contracts;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>How an endpoint says who may call it.</summary>
public static class ScopeExtensions
{
    private static readonly string[] KnownKinds =
    [
        Organization.LawEnforcement, Organization.County, Organization.Provider, Organization.DistrictAttorney, Organization.Licensing, Organization.Tribe, Organization.Attorney, Organization.State,
    ];

    /// <summary>
    /// Only callers with a valid token, a well-formed <c>org</c> and all of <paramref name="scopes"/> may call the endpoint (or the group's
    /// endpoints). Others get 401 or 403. Calls add up: a group's demand and the endpoint's own must both be met.
    /// </summary>
    /// <param name="endpoint">The endpoint or group.</param>
    /// <param name="scopes">One scope or several with spaces between them, as in a token: <c>"reports.read reporter.read"</c>. A bar separates
    /// alternatives, for endpoints that callers of different kinds use: <c>"handoffs.read | offers.act"</c>.</param>
    /// <param name="kinds">The kinds of organization that may call, with spaces between them: <c>"le"</c>, <c>"county state"</c>; all when absent.
    /// The state is this installation's own.</param>
    /// <exception cref="ArgumentException">No scope is given, or a kind is not known.</exception>
    public static TBuilder RequireScope<TBuilder>(this TBuilder endpoint, string scopes, string? kinds = null)
        where TBuilder : IEndpointConventionBuilder
    {
        var requirement = new ScopeRequirement([.. scopes.Split('|').Select(Split)], Split(kinds ?? ""));
        if (scopes.Split('|').Any(string.IsNullOrWhiteSpace))
            throw new ArgumentException("Every alternative needs a scope.", nameof(scopes));
        if (requirement.Kinds.FirstOrDefault(kind => !KnownKinds.Contains(kind)) is { } unknown)
            throw new ArgumentException($"'{unknown}' is no kind of organization; the kinds are {string.Join(", ", KnownKinds)}.", nameof(kinds));

        var policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(requirement).Build();
        return endpoint.RequireAuthorization(policy).WithMetadata(requirement);
    }

    private static string[] Split(string words) => words.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
