using Microsoft.EntityFrameworkCore;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.Notification.Notices;
using SafeHarbor.Notification.Storage;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>POST /v1/endpoints/{endpointId}/test: sends a signed test event now, enabled or not, and says what came back.</summary>
internal static class TestEndpoint
{
    /// <summary>What came of a test.</summary>
    /// <param name="Delivered">The endpoint has taken it.</param>
    /// <param name="Status">HTTP status of its answer; null when there was none.</param>
    /// <param name="Error">Why there was none; null when there was one.</param>
    /// <param name="Milliseconds">How long it took.</param>
    public sealed record EndpointTested(bool Delivered, int? Status, [CodeOf(typeof(AttemptErrors))] string? Error, int Milliseconds);

    public static void MapTestEndpoint(this IEndpointRouteBuilder endpoints) => endpoints.MapPost("{endpointId:guid}/test", HandleAsync)
        .RecordsNothing("A test event is about no report.").Repeatable("A test changes nothing.").WithName("TestEndpoint");

    /// <summary>Sends a signed test event to an endpoint now, enabled or not, and says what came back.</summary>
    private static async Task<Results<Ok<EndpointTested>, ProblemHttpResult>> HandleAsync(Guid endpointId, Caller caller, NotificationDb db, WebhookClient client,
        TimeProvider time, CancellationToken cancellation)
    {
        if (!await db.Endpoints.Of(caller, endpointId).AnyAsync(cancellation))
            return Problem.NotFound("endpoint");
        var at = time.GetUtcNow();
        var to = (await SigningEndpoint.ReadAsync(db, endpointId, at, cancellation))!;
        var message = Guid.CreateVersion7(at);
        var result = await client.SendAsync(to.Endpoint.Url, message, CloudEvent.EndpointTested(message, endpointId, at), to.Secrets, cancellation);
        return TypedResults.Ok(new EndpointTested(result.IsDelivered, result.Status, result.Error, (int)result.Duration.TotalMilliseconds));
    }
}
