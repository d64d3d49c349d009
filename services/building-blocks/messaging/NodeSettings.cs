using Microsoft.Extensions.Configuration;
using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging;

/// <summary>Whether a process is a <see cref="Node"/>: <c>Node:Name</c> and <c>Node:Organizations</c>, such as <c>county:06037 county:06059</c>; and whether
/// it has a broker of its own, <c>Node:OwnBroker</c>.</summary>
public static class NodeSettings
{
    /// <summary>The node that the configuration makes of the process; null when it belongs to the statewide system.</summary>
    public static Node? Read(IConfiguration configuration)
    {
        if (configuration["Node:Name"] is not { Length: > 0 } name)
            return configuration["Node:Organizations"] is null or "" ? null : throw new InvalidOperationException("Node:Name is not set, but Node:Organizations is. Set both or neither.");
        try
        {
            return new(name, [.. (configuration["Node:Organizations"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Organization.Parse)]) { HasOwnBroker = configuration.GetValue("Node:OwnBroker", false) };
        }
        catch (FormatException e)
        {
            throw new InvalidOperationException($"Node:Name or Node:Organizations cannot be read: {e.Message} Separate organizations by blanks.", e);
        }
    }
}
