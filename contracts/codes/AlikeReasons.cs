namespace SafeHarbor.Contracts.Codes;

/// <summary>Why two reports may be about the same child.</summary>
public static class AlikeReasons
{
    /// <summary>Every known code, the strongest first.</summary>
    public static readonly IReadOnlyList<string> All = [Sender, Name, GivenNameAndBirth, Incident];
    /// <summary>The sender of one says so.</summary>
    public const string Sender = "SENDER";
    /// <summary>The same full name, within a day or in the same incident.</summary>
    public const string Name = "NAME";
    /// <summary>The same given name and date of birth, within a day or in the same incident.</summary>
    public const string GivenNameAndBirth = "GIVEN_NAME_AND_BIRTH";
    /// <summary>The same incident, and nothing that is known tells the children apart.</summary>
    public const string Incident = "INCIDENT";
}
