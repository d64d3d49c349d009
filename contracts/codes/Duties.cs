namespace SafeHarbor.Contracts.Codes;

/// <summary>
/// Whom at an organization a notice is for, when it is for a person and not for the organization as such. A county's roster says who that is at what hours, and an endpoint can be one
/// duty's.
/// </summary>
public static class Duties
{
    /// <summary>Whoever answers the hotline: the second channel, beside the systems that take every notice.</summary>
    public const string Screener = "SCREENER";
    /// <summary>The worker who goes out.</summary>
    public const string OnCallWorker = "ON_CALL_WORKER";
    /// <summary>That worker's supervisor.</summary>
    public const string Supervisor = "SUPERVISOR";
    /// <summary>Whoever runs the agency, or the shift.</summary>
    public const string Manager = "MANAGER";

    /// <summary>Every known code.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(Duties));
}
