using SafeHarbor.Local.Processes;

namespace SafeHarbor.Local.Servers;

/// <summary><c>rabbitmqctl</c> for one private node, with that node's cookie and port mapper.</summary>
public sealed class RabbitMqControl
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly IReadOnlyList<string> _command;
    private readonly RabbitMqNode _node;

    internal RabbitMqControl(string serverProgram, ServiceUser user, RabbitMqNode node) =>
        (_command, _node) = (user.Command(Path.Combine(Path.GetDirectoryName(serverProgram)!, "rabbitmqctl")), node);

    /// <summary>Runs one command, for example <c>set_disk_free_limit 50MB</c>.</summary>
    /// <returns>What it printed.</returns>
    /// <exception cref="InvalidOperationException">The node refused or did not answer within a minute; the message says what it said.</exception>
    public async Task<string> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var outcome = await Executables.RunAsync(
            [.. _command, "--quiet", .. arguments], cancellationToken, Patience, _node.Directory, _node.Environment);
        return outcome.Succeeded ? outcome.Output : throw new InvalidOperationException($"rabbitmqctl {arguments[0]} failed: {outcome.Everything}");
    }
}
