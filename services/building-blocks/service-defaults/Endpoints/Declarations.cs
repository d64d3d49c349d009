using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

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

/// <summary>The part of a service that an endpoint belongs to, as the service's callers know it.</summary>
/// <param name="Name">In small letters.</param>
/// <param name="Summary">What it is there for.</param>
public sealed record CapabilityDeclaration(string Name, string Summary);

/// <summary>Problems that an endpoint answers with, beside those that follow from what it declares else.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Names">The problems' names.</param>
public sealed record ProblemsDeclaration(int Status, IReadOnlyList<string> Names);

/// <summary>That an answer can be waited for: <c>Prefer: wait=SECONDS</c>.</summary>
/// <param name="Until">What is waited for, as a sentence without its period.</param>
public sealed record WaitDeclaration(string Until);

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

    /// <summary>The handler waits with its answer when its caller prefers that (<see cref="Preference.Wait"/>).</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="until">What is waited for, as a sentence without its period.</param>
    public static TBuilder Waits<TBuilder>(this TBuilder endpoint, string until) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new WaitDeclaration(until));

    /// <summary>The routes of a capability.</summary>
    /// <param name="routes">The service's routes.</param>
    /// <param name="name">What its callers know it by, in small letters.</param>
    /// <param name="summary">What it is there for.</param>
    public static IEndpointRouteBuilder Capability(this IEndpointRouteBuilder routes, string name, string summary) =>
        routes.MapGroup("").WithTags(name).WithMetadata(new CapabilityDeclaration(name, summary));

    /// <summary>Routes for whoever operates the installation.</summary>
    public static IEndpointRouteBuilder Operations(this IEndpointRouteBuilder routes) =>
        routes.Capability("operations", "For whoever operates the installation: parked messages, the ledger's checkpoints, keys.");

    /// <summary>Says which problems the handler answers with by itself: all that are not 400, 401, 403 for want of scopes, or 404.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="status">HTTP status.</param>
    /// <param name="names">The problems' names.</param>
    public static TBuilder Problems<TBuilder>(this TBuilder endpoint, int status, params string[] names) where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(new ProblemsDeclaration(status, names));
}
