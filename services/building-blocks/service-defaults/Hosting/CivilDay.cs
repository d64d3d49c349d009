namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>
/// The day on which something happens is the state's own, whatever offset a sender writes its instants with and whatever zone a server is in: ages, contracts,
/// court days and nights are counted by it.
/// </summary>
public static class CivilDay
{
    /// <summary>The state's time zone.</summary>
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("America/Los_Angeles");

    /// <summary>The state's day at an instant.</summary>
    public static DateOnly Of(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);
}
