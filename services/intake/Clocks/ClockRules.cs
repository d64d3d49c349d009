namespace SafeHarbor.Intake.Clocks;

/// <summary>A rule that limits the time for something, with its source.</summary>
public sealed record ClockRule(string Name, string Citation, TimeSpan Limit);

/// <summary>The rules that bind a reporting officer. Their limits can be set: <c>Clocks:TelephoneReport</c>, <c>Clocks:WrittenReport</c>.</summary>
public sealed class ClockRules(IConfiguration configuration)
{
    public const string Telephone = "TELEPHONE_REPORT";
    public const string Written = "WRITTEN_REPORT";

    /// <summary>The law says "immediately"; the limit is how long a record of the call may be missing before somebody is told.</summary>
    public ClockRule TelephoneReport { get; } = new(Telephone, "PC 11166(a)", configuration.GetValue("Clocks:TelephoneReport", TimeSpan.FromMinutes(15)));

    /// <summary>36 hours from receiving the information concerning the incident.</summary>
    public ClockRule WrittenReport { get; } = new(Written, "PC 11166(a)", configuration.GetValue("Clocks:WrittenReport", TimeSpan.FromHours(36)));
}
