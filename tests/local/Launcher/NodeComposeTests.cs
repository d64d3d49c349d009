using YamlDotNet.RepresentationModel;

namespace SafeHarbor.Local.Tests.Launcher;

/// <summary>What <c>deploy/docker/node.yml</c> adds to <c>docker-compose.yml</c>: there is no engine here to run it, so it is read.</summary>
public sealed class NodeComposeTests
{
    private static readonly string Root = Checkout.Find().Root;

    [Fact]
    public void The_nodes_services_stand_beside_the_systems_and_each_is_reached_from_this_machine_alone()
    {
        var (system, node) = (Services("docker-compose.yml"), Services("deploy/docker/node.yml"));

        node.Keys.Except(system.Keys).ShouldBe(["node-postgres", "migrate-node", "node"]);
        foreach (var (name, service) in node)
            foreach (var port in Items(service, "ports"))
                port.ShouldStartWith("127.0.0.1:", customMessage: name);
        foreach (var needed in node.Values.SelectMany(service => Keys(service, "depends_on")))
            system.Keys.Concat(node.Keys).ShouldContain(needed);
    }

    [Fact]
    public void Every_file_that_is_mounted_is_there()
    {
        foreach (var mounted in Services("deploy/docker/node.yml").Values.SelectMany(service => Items(service, "volumes")).Where(volume => volume.StartsWith("./", StringComparison.Ordinal)))
            File.Exists(Path.Combine(Root, mounted.Split(':')[0])).ShouldBeTrue(mounted);
    }

    private static Dictionary<string, YamlMappingNode> Services(string file)
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(Path.Combine(Root, file));
        yaml.Load(text);
        return ((YamlMappingNode)yaml.Documents[0].RootNode["services"]).ToDictionary(service => ((YamlScalarNode)service.Key).Value!, service => (YamlMappingNode)service.Value);
    }

    private static IEnumerable<string> Items(YamlMappingNode service, string list) =>
        service.Children.TryGetValue(list, out var items) ? ((YamlSequenceNode)items).Select(item => ((YamlScalarNode)item).Value!) : [];

    private static IEnumerable<string> Keys(YamlMappingNode service, string map) =>
        service.Children.TryGetValue(map, out var items) && items is YamlMappingNode keys ? keys.Children.Keys.Select(key => ((YamlScalarNode)key).Value!) : [];
}
