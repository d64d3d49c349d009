using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;

namespace SafeHarbor.CaseServices.Access;

/// <summary>
/// Some things may be read by callers of different kinds, who carry different scopes. Whoever carries one of the scopes of an alternative
/// (<c>a|b</c>) gets the alternative itself as a scope, which the endpoint then asks for.
/// </summary>
internal sealed class ScopeAlternatives : IClaimsTransformation
{
    /// <summary>Counties, providers and whoever keeps the directory may read it.</summary>
    public const string DirectoryReaders = "handoffs.read|offers.act|providers.write";
    /// <summary>Counties read the needs of their county, the state those that are unfilled, providers those that they accepted.</summary>
    public const string NeedReaders = "handoffs.read|offers.act";

    private const string Scope = "scope";

    public Task<ClaimsPrincipal> TransformAsync(ClaimsPrincipal principal)
    {
        var carried = principal.FindAll(Scope).SelectMany(c => c.Value.Split(' ')).ToHashSet();
        var gained = new[] { DirectoryReaders, NeedReaders }.Where(a => !carried.Contains(a) && a.Split('|').Any(carried.Contains)).ToList();
        if (gained.Count == 0)
            return Task.FromResult(principal);
        var extended = principal.Clone();
        ((ClaimsIdentity)extended.Identity!).AddClaims(gained.Select(a => new Claim(Scope, a)));
        return Task.FromResult(extended);
    }
}
