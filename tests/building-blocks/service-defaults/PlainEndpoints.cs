using Microsoft.AspNetCore.Builder;
using SafeHarbor.ServiceDefaults.Endpoints;

namespace SafeHarbor.ServiceDefaults.Tests;

internal static class PlainEndpoints
{
    private const string Test = "A test asks.";

    /// <summary>Declares that there is nothing to do for an endpoint beside its access.</summary>
    public static TBuilder Plain<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.RecordsNothing(Test).Repeatable(Test).Unconditional(Test);
}
