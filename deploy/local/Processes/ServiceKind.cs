namespace SafeHarbor.Local.Processes;

/// <summary>What the system consists of.</summary>
/// <param name="Name">In addresses, logs and documents.</param>
/// <param name="Project">The built assembly's name.</param>
/// <param name="Database">The name of its own database.</param>
public sealed record ServiceKind(string Name, string Project, string Database)
{
    public static readonly ServiceKind Intake = new("intake", "SafeHarbor.Intake", "safeharbor_intake");
    public static readonly ServiceKind CountyRouting = new("county-routing", "SafeHarbor.CountyRouting", "safeharbor_county_routing");
    public static readonly ServiceKind Notification = new("notification", "SafeHarbor.Notification", "safeharbor_notification");
    public static readonly ServiceKind CaseServices = new("case-services", "SafeHarbor.CaseServices", "safeharbor_case_services");

    public static readonly IReadOnlyList<ServiceKind> All = [Intake, CountyRouting, Notification, CaseServices];
}
