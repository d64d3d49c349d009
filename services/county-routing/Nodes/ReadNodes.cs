using Microsoft.EntityFrameworkCore;
using SafeHarbor.CountyRouting.Storage;

namespace SafeHarbor.CountyRouting.Nodes;

/// <summary><c>GET /v1/nodes</c> and <c>GET /v1/nodes/{nodeId}</c>: the counties' nodes, and whether they are heard.</summary>
internal static class ReadNodes
{
    public static void MapReadNodes(this IEndpointRouteBuilder routes)
    {
        var nodes = routes.MapGroup("/v1/nodes").RequireScope("desk.act", kinds: Organization.State);
        nodes.MapGet("", ListAsync).Records(LedgerActions.NodesListed).WithName("ListNodes");
        nodes.MapGet("/{nodeId:guid}", OneAsync).Records(LedgerActions.NodeRead).WithName("GetNode");
    }

    /// <summary>A county's node, as the statewide system hears of it.</summary>
    /// <param name="NodeId">The node.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="State">Whether it is heard.</param>
    /// <param name="StateSince">Since when it is so.</param>
    /// <param name="Organizations">Whose handoffs it keeps.</param>
    /// <param name="Waiting">How many handoffs waited for somebody there when it was heard last; what has come since, nobody outside knows.</param>
    /// <param name="HeardAt">When it was heard last.</param>
    /// <param name="Link">Where its organizations' people reach it; null when it does not say.</param>
    public sealed record NodeView(Guid NodeId, string Name, [StateOf(typeof(NodeMachine))] string State, DateTimeOffset StateSince, IReadOnlyList<Organization> Organizations, int Waiting,
        DateTimeOffset HeardAt, string? Link);

    /// <summary>Lists the nodes that there ever were.</summary>
    private static async Task<Results<Ok<Page<NodeView>>, ProblemHttpResult>> ListAsync([AsParameters] PageQuery page, Request request, CountyRoutingDb db, CancellationToken cancellation)
    {
        var errors = new ValidationErrors();
        var after = page.Key<Guid>(errors);
        if (errors.Any)
            return errors.ToProblem();
        var found = page.Of(await db.Nodes.Where(n => after == null || n.CorrelationId > after).OrderBy(n => n.CorrelationId).Take(page.Size + 1).ToListAsync(cancellation), View, n => n.CorrelationId);
        request.Records(facts: new { count = found.Items.Count });
        return TypedResults.Ok(found);
    }

    /// <summary>Shows a node.</summary>
    private static async Task<Results<Ok<NodeView>, ProblemHttpResult>> OneAsync(Guid nodeId, Request request, CountyRoutingDb db, CancellationToken cancellation)
    {
        if (await db.Nodes.SingleOrDefaultAsync(n => n.CorrelationId == nodeId, cancellation) is not { } node)
            return Problem.NotFound("node");
        request.Records(nodeId);
        return TypedResults.Ok(View(node));
    }

    private static NodeView View(WatchedNode n) => new(n.CorrelationId, n.Name, StateWord.Of(n.CurrentState), n.StateSince, n.Organizations, n.Waiting, n.HeardAt, n.Link);
}
