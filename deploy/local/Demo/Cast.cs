namespace SafeHarbor.Local.Demo;

/// <summary>How somebody answers what it is sent.</summary>
internal enum Behavior
{
    Accept,
    Decline,
    StaySilent,
    Assign,
    ReferOn,
}

/// <summary>Who plays along in this installation's state, and how each answers. The providers are those of the sample data.</summary>
internal static class Cast
{
    public static string Officer => DemoFile.OfHome.Officer;

    /// <summary>The county that the desk assigns everything to.</summary>
    public static string DeskAssigns => DemoFile.OfHome.DeskAssigns;

    /// <summary>The county that whoever refers on refers everything on to; null where nobody does.</summary>
    public static string? ReferredOnTo => DemoFile.OfHome.ReferredOnTo;

    public static IReadOnlyDictionary<string, Behavior> Answers => DemoFile.OfHome.Answers;
}
