namespace SafeHarbor.Contracts;

/// <summary>Who publishes what, as each message's record declares it (<see cref="MessageAttribute"/>). The broker refuses a service every other message (<see cref="BrokerRights"/>).</summary>
public static class Publications
{
    /// <summary>The message types that a service publishes.</summary>
    public static IReadOnlyList<Type> Of(string service) => [.. MessageAttribute.All.Where(m => m.Declared.From.Contains(service)).Select(m => m.Type)];

    /// <summary>The message types that a node publishes.</summary>
    public static IReadOnlyList<Type> OfNodes { get; } = [.. MessageAttribute.All.Where(m => m.Declared.FromNodes).Select(m => m.Type)];
}
