using System.Text.Json.Serialization;

namespace SafeHarbor.Client;

/// <summary>Why a request was not done (RFC 9457). Nothing that was sent is repeated in it.</summary>
public sealed record Problem
{
    /// <summary>What is the matter, for programs: the path of its page at the service that answered. It never changes.</summary>
    [JsonPropertyName("type")]
    public required string Type { get; init; }

    /// <summary>The same in words.</summary>
    [JsonPropertyName("title")]
    public required string Title { get; init; }

    /// <summary>The HTTP status.</summary>
    [JsonPropertyName("status")]
    public required int Status { get; init; }

    /// <summary>What to do next, for people.</summary>
    [JsonPropertyName("detail")]
    public required string Detail { get; init; }

    /// <summary>For asking the operator about it; null when something else than a service has answered.</summary>
    [JsonPropertyName("traceId")]
    public string? TraceId { get; init; }

    /// <summary>All that is wrong with the request.</summary>
    [JsonPropertyName("errors")]
    public IReadOnlyList<ValidationError>? Errors { get; init; }

    /// <summary>The name in <see cref="Type"/>: <c>validation</c>, <c>not-found</c>.</summary>
    [JsonIgnore]
    public string Name => Type[(Type.LastIndexOf('/') + 1)..];
}
