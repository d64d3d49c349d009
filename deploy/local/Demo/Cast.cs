namespace SafeHarbor.Local.Demo;

/// <summary>How somebody answers what it is sent.</summary>
internal enum Behavior
{
    Accept,
    Decline,
    StaySilent,
    AssignToSacramento,
}

/// <summary>Who plays along, and how each answers. The providers are those of the sample data.</summary>
internal static class Cast
{
    public const string Officer = "le:CA0194200";
    public const string LosAngeles = "county:06037";
    public const string Orange = "county:06059";
    public const string Sacramento = "county:06067";

    public static readonly IReadOnlyDictionary<string, Behavior> Answers = new Dictionary<string, Behavior>
    {
        [LosAngeles] = Behavior.Accept,
        [Orange] = Behavior.Accept,
        [Sacramento] = Behavior.Accept,
        [HomeState.Organization] = Behavior.AssignToSacramento,
        ["provider:harbor-house"] = Behavior.Accept,
        ["provider:second-dawn"] = Behavior.Decline,
        ["provider:night-owl"] = Behavior.StaySilent,
        ["provider:open-door"] = Behavior.Accept,
    };
}
