using Microsoft.AspNetCore.Builder;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>What an endpoint puts on the ledger when it has answered with success.</summary>
/// <param name="Action">The entry's action; null when it writes none.</param>
/// <param name="Because">Why it writes none; null when it does.</param>
public sealed record LedgerDeclaration(string? Action, string? Because);

/// <summary>What happens when a POST is sent twice.</summary>
/// <param name="Because">Why it needs no <c>Idempotency-Key</c>; null when it takes one.</param>
/// <param name="SealsAnswer">The answer holds a secret: it is kept sealed, for the very caller alone.</param>
public sealed record RepetitionDeclaration(string? Because, bool SealsAnswer = false);

/// <summary>Whether an update asks for the state that it is meant for.</summary>
/// <param name="Because">Why it needs no <c>If-Match</c>; null when it demands one.</param>
public sealed record ConditionDeclaration(string? Because);

/// <summary>
/// What every endpoint says of itself beside who may call it (<c>RequireScope</c>). A service does not start when one of its endpoints leaves out what
/// its method asks for: of each the ledger, of a POST the repetition, of a PUT or PATCH the condition.
/// </summary>
public static class Declarations
{
    /// <summary>An answer with success stands on the ledger, as this action, before it is given.</summary>
    public static TBuilder Records<TBuilder>(this TBuilder endpoint, string action) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new LedgerDeclaration(action, null));

    /// <summary>It writes nothing to the ledger, or not by itself, for the reason given.</summary>
    public static TBuilder RecordsNothing<TBuilder>(this TBuilder endpoint, string because) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new LedgerDeclaration(null, because));

    /// <summary>A POST that creates, or makes a secret: it takes an <c>Idempotency-Key</c>, and the same request under the same key gets the same answer.</summary>
    /// <param name="endpoint">The endpoint; its handler commits through its <c>Request</c>.</param>
    /// <param name="sealsAnswer">The answer holds a secret.</param>
    public static TBuilder Idempotent<TBuilder>(this TBuilder endpoint, bool sealsAnswer = false) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RepetitionDeclaration(null, sealsAnswer));

    /// <summary>A POST that may be sent twice without a key, for the reason given.</summary>
    public static TBuilder Repeatable<TBuilder>(this TBuilder endpoint, string because) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new RepetitionDeclaration(because));

    /// <summary>An update: it is done only to the state that <c>If-Match</c> names, and refused with 428 without that header.</summary>
    public static TBuilder Conditional<TBuilder>(this TBuilder endpoint) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ConditionDeclaration(Because: null));

    /// <summary>An update that overwrites nobody's, for the reason given.</summary>
    public static TBuilder Unconditional<TBuilder>(this TBuilder endpoint, string because) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ConditionDeclaration(because));
}
