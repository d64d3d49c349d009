using System.Globalization;
using Microsoft.AspNetCore.Http;
using SafeHarbor.Contracts;
using SafeHarbor.ServiceDefaults.Access;
using SafeHarbor.ServiceDefaults.Endpoints;

namespace SafeHarbor.ServiceDefaults.Limits;

/// <summary>Which limit has refused a request, for people; a feature of the request.</summary>
internal sealed record RefusedRequest(string Detail);

/// <summary>
/// Lets a request pass, or answers 429 with the limit and when to come back. A report whose sender prefers to wait for its county is never refused because too many wait:
/// it is taken and answered at once.
/// </summary>
internal sealed class RequestLimits(LimitSettings limits, Rates rates, UnderWay underWay, Connections connections, TrustedProxies proxies, Refusals refusals)
{
    // No command's route: what is counted for an organization beside its commands and its reading.
    private const string All = "all", Waits = "wait";

    public Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        Caller.TryFrom(context.User, out var caller);
        if (caller is not null && context.Features.Get<GuardedConnection>() is { IsKnown: false } connection)
            connections.Know(connection, caller.Organization);
        // An orchestrator that is refused the health would end the service.
        if (context.Request.Path.StartsWithSegments("/health", StringComparison.Ordinal))
            return next(context);

        var allowance = Allowance.Of(context, caller, proxies);
        if (!rates.TryTake(allowance, out var wait))
        {
            return caller is null
                ? Refuse(context, RefusedBy.AddressRate, wait, $"More than {limits.PerAddress} requests a second without a valid token have come from your address")
                : Refuse(context, RefusedBy.Rate, wait, $"Your organization has sent more than {limits.PerOrganization} requests a second of this kind");
        }

        return caller is null ? AnonymousAsync(context, next, allowance) : OfOrganizationAsync(context, next, allowance, caller.Organization);
    }

    private async Task AnonymousAsync(HttpContext context, RequestDelegate next, Allowance network)
    {
        if (!underWay.TryEnter(network, limits.ConnectionsPerNetwork))
        {
            await Refuse(context, RefusedBy.AddressInProgress, 1, $"{limits.ConnectionsPerNetwork} requests without a valid token are under way from your address, and no more are taken");
            return;
        }

        try
        {
            await next(context);
        }
        finally
        {
            underWay.Leave(network);
        }
    }

    private async Task OfOrganizationAsync(HttpContext context, RequestDelegate next, Allowance kind, Organization organization)
    {
        var (all, waiting) = (new Allowance(organization, All, 0), new Allowance(organization, Waits, 0));
        var (half, isWaiting) = (Math.Max(1, limits.InProgress / 2), false);
        if (!underWay.TryEnter(all, limits.InProgress))
        {
            await Refuse(context, RefusedBy.InProgress, 1, $"{limits.InProgress} requests of your organization are under way, and no more are taken");
            return;
        }

        try
        {
            if (!underWay.TryEnter(kind, half))
            {
                await Refuse(context, RefusedBy.InProgress, 1, $"{half} requests of this kind are under way for your organization, and no more are taken");
                return;
            }

            try
            {
                if (IsToWait(context) && !(isWaiting = underWay.TryEnter(waiting, limits.Waiting)) && !GoesWithoutWaiting(context))
                {
                    await Refuse(context, RefusedBy.Waiting, 1, $"{limits.Waiting} requests of your organization wait for news, and no more may; ask without wait");
                    return;
                }

                await next(context);
            }
            finally
            {
                if (isWaiting)
                    underWay.Leave(waiting);
                underWay.Leave(kind);
            }
        }
        finally
        {
            underWay.Leave(all);
        }
    }

    private static bool IsToWait(HttpContext context) =>
        context.Request.Query["wait"] is [not ("" or "0")] || Preference.Wait(context.Request) > TimeSpan.Zero;

    /// <summary>What is preferred (RFC 7240) is a wish, and may be left undone.</summary>
    private bool GoesWithoutWaiting(HttpContext context)
    {
        if (Preference.Wait(context.Request) is null)
            return false;
        refusals.Count(RefusedBy.Waiting);
        Preference.DoNotWait(context.Request);
        return true;
    }

    private Task Refuse(HttpContext context, RefusedBy reason, int wait, string detail)
    {
        refusals.Count(reason);
        context.Features.Set(new RefusedRequest(detail));
        context.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
        return Task.CompletedTask;
    }
}
