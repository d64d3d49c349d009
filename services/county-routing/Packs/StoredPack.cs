namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A county's pack as it is kept.</summary>
public sealed class StoredPack
{
    public string CountyFips { get; set; } = "";
    public int Version { get; set; }
    public ProtocolPack Pack { get; set; } = new();
}
