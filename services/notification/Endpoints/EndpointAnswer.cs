using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

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
    public static EndpointAnswer Of(WebhookEndpoint endpoint) =>
        new(endpoint.Id, endpoint.Organization, endpoint.Url, endpoint.Duty, endpoint.State, endpoint.Reason, endpoint.CreatedAt, endpoint.Version);
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
    public static EndpointWithSecret Of(WebhookEndpoint endpoint, string secret) =>
        new(endpoint.Id, endpoint.Organization, endpoint.Url, endpoint.Duty, endpoint.State, secret, endpoint.CreatedAt, endpoint.Version);
}
