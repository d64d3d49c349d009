namespace SafeHarbor.Local.Demo;

internal static class EventName
{
    private const string Prefix = "org.safeharbor.";

    /// <summary>Noun and verb of an event's wire name, without the issuer's prefix and the version: <c>handoff.opened</c>.</summary>
    public static string Of(string wireName)
    {
        var name = wireName.StartsWith(Prefix, StringComparison.Ordinal) ? wireName[Prefix.Length..] : wireName;
        var version = name.LastIndexOf(".v", StringComparison.Ordinal);
        return version > 0 ? name[..version] : name;
    }
}
