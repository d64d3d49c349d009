using System.Collections.Concurrent;
using System.Reflection;

namespace SafeHarbor.Contracts;

/// <summary>
/// The name of a message on the wire, <c>noun.verb.vN</c>: AMQP <c>type</c>, exchange (with the prefix <c>safeharbor.</c>), timeline entry and,
/// with the prefix <c>org.safeharbor.</c>, CloudEvents type. It never changes; a breaking change is a new record with a new name.
/// A message that is published has a <see cref="MessageAttribute"/>; a service's own commands and timers, sent to its own queue, have this alone.
/// </summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public class WireNameAttribute(string name) : Attribute
{
    private static readonly ConcurrentDictionary<Type, string?> Names = new();

    /// <summary>The name, for example <c>encounter.reported.v1</c>.</summary>
    public string Name { get; } = name;

    /// <summary>The wire name of <paramref name="message"/>; throws <see cref="InvalidOperationException"/> when it has none.</summary>
    public static string Of(Type message) =>
        Find(message) ?? throw new InvalidOperationException($"{message} has no [WireName]: a message needs a name on the wire that does not depend on its C# name.");

    /// <summary>The wire name of <paramref name="message"/>; null when it has none.</summary>
    public static string? Find(Type message) => Names.GetOrAdd(message, static type => type.GetCustomAttribute<WireNameAttribute>()?.Name);
}
