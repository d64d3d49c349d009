namespace SafeHarbor.Contracts;

/// <summary>A queue of a service and the messages that are bound to it.</summary>
/// <param name="Service">The service that consumes the queue.</param>
/// <param name="Queue">The queue's name on the broker, <c>service-purpose</c>.</param>
/// <param name="Messages">Published message types that reach it. What is sent to the queue by name (timers, a service's own commands) is not listed.</param>
public sealed record Subscription(string Service, string Queue, IReadOnlyList<Type> Messages);
