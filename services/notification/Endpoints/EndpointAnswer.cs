namespace SafeHarbor.Notification.Endpoints;

/// <summary>An endpoint as its owner sees it.</summary>
internal sealed record EndpointAnswer(Guid Id, Organization Organization, string Url, string State, string? Reason, DateTimeOffset CreatedAt, int Version) : IVersioned
{
    public static EndpointAnswer Of(WebhookEndpoint endpoint) =>
        new(endpoint.Id, endpoint.Organization, endpoint.Url, endpoint.State, endpoint.Reason, endpoint.CreatedAt, endpoint.Version);
}

/// <summary>The same with a secret that is told now and never again.</summary>
internal sealed record EndpointWithSecret(Guid Id, Organization Organization, string Url, string State, string Secret, DateTimeOffset CreatedAt, int Version) : IVersioned
{
    public static EndpointWithSecret Of(WebhookEndpoint endpoint, string secret) =>
        new(endpoint.Id, endpoint.Organization, endpoint.Url, endpoint.State, secret, endpoint.CreatedAt, endpoint.Version);
}
