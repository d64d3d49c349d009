using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>
/// Whose a request is, for limits. With a valid token it is the organization's: reading is one and each command is one of its own, so that no amount of reading, nor of any
/// other command, takes the place of an emergency report. Without one it is the address's, and only for those: whoever shares an address with somebody who guesses tokens is
/// not slowed down.
/// </summary>
/// <param name="Organization">Null without a valid token.</param>
/// <param name="Command">The command's route; null for reading, and without an organization.</param>
/// <param name="Network">One of 4,096 into which networks fall, so that somebody with very many addresses cannot fill the memory; who shares one changes with every start.</param>
internal readonly record struct Allowance(Organization? Organization, string? Command, int Network)
{
    private const int Networks = 4096;

    public static Allowance Of(HttpContext context, Caller? caller, TrustedProxies proxies) => caller is null
        ? new(null, null, (int)((uint)ClientNetwork.Of(proxies.ClientOf(context)).GetHashCode() % Networks))
        : new(caller.Organization, CommandOf(context), 0);

    private static string? CommandOf(HttpContext context) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method)
            ? null
            : (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "";
}
