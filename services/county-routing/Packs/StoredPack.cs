namespace SafeHarbor.CountyRouting.Packs;

/// <summary>A version of a county's pack as it is kept, for good.</summary>
public sealed class StoredPack
{
    public CountyFips CountyFips { get; set; } = null!;
    public int Version { get; set; }
    public DateOnly EffectiveFrom { get; set; }
    public DateTimeOffset PublishedAt { get; set; }
    /// <summary>Who published it over the API; null when it was written in the database.</summary>
    public Organization? PublishedBy { get; set; }
    public ProtocolPack Pack { get; set; } = new();

    /// <summary>The pack, with what is kept beside it.</summary>
    public ProtocolPack Whole => Pack with { Version = Version, EffectiveFrom = EffectiveFrom };
}
