namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A county's pack as it is kept.</summary>
public sealed class StoredPack
{
    public CountyFips CountyFips { get; set; } = null!;
    public int Version { get; set; }
    public ProtocolPack Pack { get; set; } = new();
}
