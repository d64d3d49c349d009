namespace SafeHarbor.CountyRouting.Nodes;

/// <summary>The counties' own nodes, which are to be heard (ADR 46). The statewide system watches them.</summary>
internal static class NodesCapability
{
    public static void AddNodes(this WebApplicationBuilder builder)
    {
        var watch = new NodeWatch(TimeSpan.FromSeconds(builder.Configuration.GetValue("Nodes:SilentAfterSeconds", 120.0)));
        builder.Services.AddSingleton(watch);
        builder.Services.AddHostedService<NodeWatcher>();
        builder.Services.AddHealthChecks().AddCheck("nodes", watch, tags: ["ready"]);
    }

    public static void MapNodes(this IEndpointRouteBuilder routes) =>
        routes.Capability("nodes", "The counties' own nodes, and whether they are heard.").MapReadNodes();
}
