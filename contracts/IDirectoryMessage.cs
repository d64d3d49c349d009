namespace SafeHarbor.Contracts;

/// <summary>
/// A message about an entry of a service's directory, of which others keep what they need: it is about no encounter. Messages of one service about the same entry keep
/// their order.
/// </summary>
public interface IDirectoryMessage
{
    /// <summary>What the service calls the entry, such as a provider's slug.</summary>
    string Entry { get; }
}
