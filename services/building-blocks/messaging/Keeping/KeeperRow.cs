using SafeHarbor.Contracts;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>Who keeps an organization's sagas, as this process knows it. Where there is no row, the statewide system does.</summary>
public sealed class KeeperRow
{
    /// <summary>The organization.</summary>
    public Organization Organization { get; set; } = null!;
    /// <summary><see cref="Node.KeeperOf"/> the organization, or <see cref="Node.Statewide"/>.</summary>
    public string Keeper { get; set; } = "";
    /// <summary>Where the organization's people reach the keeper; null when it has not said.</summary>
    public string? Link { get; set; }
    /// <summary>Everything has been handed over, to here or from here.</summary>
    public bool IsComplete { get; set; }
}
