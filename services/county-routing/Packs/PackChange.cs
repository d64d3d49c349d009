using System.Text.Json;
using System.Text.Json.Nodes;
using SafeHarbor.Messaging.Wire;
using SafeHarbor.ServiceDefaults.Json;

namespace SafeHarbor.CountyRouting.Packs;

#pragma warning disable CA1720 // "Pointer" is JSON's word (RFC 6901), as in errors.

/// <summary>One difference between two packs.</summary>
/// <param name="Op">What happened.</param>
/// <param name="Pointer">JSON Pointer (RFC 6901) to the member.</param>
/// <param name="From">What was there before; null when nothing was.</param>
/// <param name="To">What is there now; null when nothing is.</param>
public sealed record PackChange([CodeOf(typeof(ChangeKinds))] string Op, string Pointer, JsonElement? From, JsonElement? To)
{
    /// <summary>What makes another pack of one, in the order of its members; the day from which it holds is no part of that.</summary>
    public static IReadOnlyList<PackChange> Between(ProtocolPack before, ProtocolPack after) => [.. Between(NodeOf(before), NodeOf(after), "")];

    private static JsonNode? NodeOf(ProtocolPack pack) => JsonSerializer.SerializeToNode(pack.Kept with { EffectiveFrom = null }, WireFormat.Json);

    private static IEnumerable<PackChange> Between(JsonNode? from, JsonNode? to, string at) => (from, to) switch
    {
        (JsonObject before, JsonObject after) => before.Select(member => member.Key).Union(after.Select(member => member.Key))
            .SelectMany(name => Between(before[name], after[name], at + JsonPointer.Of(name))),
        (JsonArray before, JsonArray after) => Enumerable.Range(0, Math.Max(before.Count, after.Count))
            .SelectMany(index => Between(before.ElementAtOrDefault(index), after.ElementAtOrDefault(index), at + JsonPointer.Of(index))),
        _ when JsonNode.DeepEquals(from, to) => [],
        _ => [new(from is null ? ChangeKinds.Add : to is null ? ChangeKinds.Remove : ChangeKinds.Replace, at, Element(from), Element(to))],
    };

    private static JsonElement? Element(JsonNode? node) => node?.Deserialize<JsonElement>();
}

/// <summary>What happened to a member of a pack, or to a recipient.</summary>
public static class ChangeKinds
{
    /// <summary>It is new.</summary>
    public const string Add = "ADD";
    /// <summary>It is gone.</summary>
    public const string Remove = "REMOVE";
    /// <summary>It is another.</summary>
    public const string Replace = "REPLACE";
}
