using System.Text.RegularExpressions;

namespace SafeHarbor.Contracts;

/// <summary>
/// A process that keeps what is addressed to some organizations in the place of the statewide system, with a database, queues and a user at the broker
/// of its own. At the broker it is called like a service, <c>node-NAME</c>.
/// </summary>
public sealed partial record Node
{
    /// <summary>A node; <see cref="FormatException"/> when the name is not small letters, digits and hyphens.</summary>
    /// <param name="name">Its name, for example <c>los-angeles</c>.</param>
    /// <param name="organizations">For whom it keeps.</param>
    public Node(string name, IReadOnlyList<Organization> organizations) =>
        (Name, Organizations) = (Form().IsMatch(name) ? name : throw new FormatException("A node's name is up to 40 small letters, digits and hyphens."), organizations);

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>For whom it keeps.</summary>
    public IReadOnlyList<Organization> Organizations { get; }

    /// <summary>What it is called at the broker.</summary>
    public string Service => ServicePrefix + Name;

    /// <summary>Whether a name at the broker is a node's.</summary>
    public static bool IsService(string name) => name.StartsWith(ServicePrefix, StringComparison.Ordinal);

    private const string ServicePrefix = "node-";

    /// <summary>The key under which answers come back to it, whoever its organizations are by then.</summary>
    public string Key => KeyPrefix + Name;

    /// <summary>With which every node's own <see cref="Key"/> begins.</summary>
    public const string KeyPrefix = "node:";

    /// <summary>What it may bind: its own key, and its organizations', of which one is for what is new and one for what is handed over.</summary>
    public IEnumerable<string> Keys => [Key, .. Organizations.Select(o => o.Text), .. Organizations.Select(KeeperOf)];

    /// <summary>The key of the statewide system as a keeper. Nobody may bind it: what has it goes to the statewide queue.</summary>
    public const string Statewide = "statewide";

    /// <summary>The key under which what is handed over of an organization's reaches the node that is its keeper.</summary>
    public static string KeeperOf(Organization organization) => KeeperPrefix + organization.Text;

    /// <summary>Whether a key is a keeper's: what has it is handed over, or follows what was.</summary>
    public static bool IsKeeper(string key) => key == Statewide || key.StartsWith(KeeperPrefix, StringComparison.Ordinal);

    private const string KeeperPrefix = "keeper:";

    /// <summary>It uses a broker of its own, which is linked to the state's: what it publishes goes into <see cref="Outgoing"/>, and a link takes it from there.</summary>
    public bool HasOwnBroker { get; init; }

    /// <summary>The queue at its own broker of what it publishes.</summary>
    public string Outgoing => Service + "-outgoing";

    /// <summary>Its queue in the place of an addressed one, or of one that every node has.</summary>
    public string QueueOf(string queue) => Service + queue[Contracts.Queues.ServiceOf(queue).Length..];

    /// <summary>All of its queues.</summary>
    public IEnumerable<string> Queues => Contracts.Queues.Addressed.Concat(Contracts.Queues.OfEveryNode).Select(QueueOf);

    [GeneratedRegex(@"\A(?=.{1,40}\z)[a-z0-9]+(-[a-z0-9]+)*\z", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
