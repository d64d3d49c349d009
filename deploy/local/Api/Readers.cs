namespace SafeHarbor.Local.Api;

/// <summary>Who reads what a schema describes: what must be able to go on.</summary>
[Flags]
internal enum Readers
{
    /// <summary>We do: what could be sent to the previous version can be sent to this one.</summary>
    Ours = 1,

    /// <summary>Others do: what this version sends can be read by whoever reads the previous one's.</summary>
    Others = 2,

    /// <summary>Messages: old ones are read by new services, and new ones by services and nodes that are not renewed yet.</summary>
    Both = Ours | Others,
}
