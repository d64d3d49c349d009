using System.Text.Json.Serialization;

#pragma warning disable CA1720 // "Pointer" is JSON's word (RFC 6901), and that of the problem on the wire.

namespace SafeHarbor.Client;

/// <summary>One thing that is wrong in a request.</summary>
public sealed record ValidationError
{
    /// <summary>JSON Pointer (RFC 6901) into the body, <c>""</c> for the whole body; null when <see cref="Parameter"/> is there.</summary>
    [JsonPropertyName("pointer")]
    public string? Pointer { get; init; }

    /// <summary>Name of a parameter or header; null when <see cref="Pointer"/> is there.</summary>
    [JsonPropertyName("parameter")]
    public string? Parameter { get; init; }

    /// <summary>For programs: <c>out-of-range</c>.</summary>
    [JsonPropertyName("code")]
    public required string Code { get; init; }

    /// <summary>For people: what is wrong and what to do.</summary>
    [JsonPropertyName("detail")]
    public required string Detail { get; init; }
}
