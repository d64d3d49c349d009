using Microsoft.AspNetCore.Http;

namespace SafeHarbor.Messaging.Requests;

/// <summary>The one id in a route's path, whatever it is called there: <c>{handoffId:guid}</c>.</summary>
internal readonly record struct RouteId(Guid Value)
{
    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<RouteId> BindAsync(HttpContext context) =>
        ValueTask.FromResult(new RouteId(Guid.Parse((string)context.Request.RouteValues.Single(value => value.Value is string).Value!)));
}
