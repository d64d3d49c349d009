namespace SafeHarbor.Local.Demo;

/// <summary>How somebody answers what it is sent.</summary>
internal enum Behaviour
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

    public static readonly IReadOnlyDictionary<string, Behaviour> Answers = new Dictionary<string, Behaviour>
    {
        [LosAngeles] = Behaviour.Accept,
        [Orange] = Behaviour.Accept,
        [Sacramento] = Behaviour.Accept,
        ["state:ca"] = Behaviour.AssignToSacramento,
        ["provider:harbor-house"] = Behaviour.Accept,
        ["provider:second-dawn"] = Behaviour.Decline,
        ["provider:night-owl"] = Behaviour.StaySilent,
        ["provider:open-door"] = Behaviour.Accept,
    };

    /// <summary>County code, as assignments and handoffs name it.</summary>
    public static string Fips(string county) => county.Split(':')[1];
}
