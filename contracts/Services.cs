namespace SafeHarbor.Contracts;

/// <summary>The services, by the names under which the broker and everybody who reads events know them.</summary>
public static class Services
{
    /// <summary>Takes reports, keeps their details and the timeline of what happens to them.</summary>
    public const string Intake = "intake";
    /// <summary>Decides which county must respond and follows its handoff.</summary>
    public const string CountyRouting = "county-routing";
    /// <summary>Delivers notices.</summary>
    public const string Notification = "notification";
    /// <summary>Finds providers for the children's needs.</summary>
    public const string CaseServices = "case-services";

    /// <summary>Every service.</summary>
    public static readonly IReadOnlyList<string> All = Constants.Of(typeof(Services));
}
