using System.Reflection;
using System.Runtime.CompilerServices;

namespace SafeHarbor.Messaging.Tests;

/// <summary>MassTransit's RabbitMQ transport asks for a newer client than the one that is pinned; every member that it calls must exist in it.</summary>
public sealed class BinaryCompatibilityTests
{
    private const BindingFlags Everything = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [Fact]
    public void Every_method_of_the_transport_compiles_against_the_pinned_client()
    {
        var prepared = 0;
        var missing = new List<string>();
        foreach (var type in Assembly.Load("MassTransit.RabbitMqTransport").GetTypes().Where(t => !t.ContainsGenericParameters))
            foreach (var method in type.GetMembers(Everything).OfType<MethodBase>().Where(m => !m.IsAbstract && !m.ContainsGenericParameters))
                try
                {
                    RuntimeHelpers.PrepareMethod(method.MethodHandle);
                    prepared++;
                }
                catch (Exception e) when (e is MissingMemberException or TypeLoadException)
                {
                    missing.Add($"{type.Name}.{method.Name}: {e.Message}");
                }
                catch (PlatformNotSupportedException)
                {
                    // Cannot be compiled ahead at all, which says nothing about the client.
                }

        missing.ShouldBeEmpty();
        prepared.ShouldBeGreaterThan(1000);
    }
}
