using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>An endpoint as its owner sees it.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="Url">Where it takes notices.</param>
/// <param name="Duty">Whose it is, when it gets only what is for that duty; null when it gets everything else.</param>
/// <param name="State">Whether it gets notices.</param>
/// <param name="Reason">Why it is disabled: <c>GONE</c> when it answered 410; null when its owner did it, or it is enabled.</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Version">Counts its changes, from 1: its ETag.</param>
internal sealed record EndpointAnswer(Guid EndpointId, Organization Organization, [Url] string Url, [CodeOf(typeof(Duties))] string? Duty,
    [CodeOf(typeof(EndpointStates), Except = [EndpointStates.Deleted])] string State, [CodeOf(typeof(UndeliverableReasons))] string? Reason, DateTimeOffset CreatedAt, [property: JsonIgnore] int Version) : IVersioned
{
    public static EndpointAnswer Of(WebhookEndpoint endpoint, string url) =>
        new(endpoint.Id, endpoint.Organization, url, endpoint.Duty, endpoint.State, endpoint.Reason, endpoint.CreatedAt, endpoint.Version);

    /// <summary>The one endpoint of these as it is now.</summary>
    public static async Task<EndpointAnswer?> ReadAsync(IQueryable<WebhookEndpoint> endpoints, Sealer sealer, CancellationToken cancellation) =>
        await endpoints.SingleOrDefaultAsync(cancellation) is { } endpoint ? Of(endpoint, (await EndpointUrl.OpenAsync([endpoint], sealer, cancellation))[0]) : null;
}

/// <summary>The same with a secret that is told now and never again.</summary>
/// <param name="EndpointId">The endpoint.</param>
/// <param name="Organization">Whose it is.</param>
/// <param name="Url">Where it takes notices.</param>
/// <param name="Duty">Whose it is, when it gets only what is for that duty; null when it gets everything else.</param>
/// <param name="State">Whether it gets notices.</param>
/// <param name="Secret">The secret that signs, <c>whsec_</c> and base64 (Standard Webhooks).</param>
/// <param name="CreatedAt">When it was registered.</param>
/// <param name="Version">Counts its changes, from 1: its ETag.</param>
internal sealed record EndpointWithSecret(Guid EndpointId, Organization Organization, [Url] string Url, [CodeOf(typeof(Duties))] string? Duty,
    [CodeOf(typeof(EndpointStates), Except = [EndpointStates.Deleted])] string State, string Secret, DateTimeOffset CreatedAt, [property: JsonIgnore] int Version) : IVersioned
{
    public static EndpointWithSecret Of(WebhookEndpoint endpoint, string url, string secret) =>
        new(endpoint.Id, endpoint.Organization, url, endpoint.Duty, endpoint.State, secret, endpoint.CreatedAt, endpoint.Version);
}
