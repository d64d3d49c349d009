namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>
/// The system's time in whole microseconds, which is what PostgreSQL keeps: an answer given before a row is stored and one given after it was
/// read back are the same.
/// </summary>
internal sealed class StoredTime : TimeProvider
{
    public override DateTimeOffset GetUtcNow()
    {
        var now = base.GetUtcNow();
        return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond));
    }
}
