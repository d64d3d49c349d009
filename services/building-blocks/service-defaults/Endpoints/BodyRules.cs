using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>What an endpoint's body must keep beyond its form.</summary>
/// <param name="Body">The body's type.</param>
/// <param name="Check">Says what is wrong, also of a body that was read only in part: what could not be read is absent there.</param>
internal sealed record BodyRules(Type Body, Func<object, HttpContext, ValidationErrors> Check);

/// <summary>How an endpoint declares the rules of its body.</summary>
public static class BodyRulesExtensions
{
    /// <summary>
    /// The handler gets only bodies that keep <paramref name="rules"/>; others are answered with 400 and all that is wrong. A body with members that cannot be
    /// read is held against them too, so that its sender learns everything at once.
    /// </summary>
    /// <typeparam name="TBody">The handler's parameter that is the body.</typeparam>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="rules">What is wrong with a body. It must not act.</param>
    public static RouteHandlerBuilder Checks<TBody>(this RouteHandlerBuilder endpoint, Func<TBody, HttpContext, ValidationErrors> rules) where TBody : class => endpoint
        .WithMetadata(new BodyRules(typeof(TBody), (body, http) => rules((TBody)body, http)))
        .AddEndpointFilter(async (call, next) =>
            rules(call.Arguments.OfType<TBody>().Single(), call.HttpContext) is { Any: true } errors ? errors.ToProblem() : await next(call));
}
