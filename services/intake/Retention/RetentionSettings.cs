using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.Intake.Retention;

/// <summary>The settings under <c>Retention:</c>; docs/retention.md.</summary>
public sealed class RetentionSettings(IConfiguration configuration) : IStartCheck
{
    /// <summary>Nothing is kept for less, whatever a pack or a setting says. Ours: a county that must keep its records longer says so in its pack.</summary>
    public const int FewestDays = 365;
    private const int MostDays = 36500;

    /// <summary>
    /// <c>Retention:DefaultDays</c>: how long details are kept where a county's pack says nothing, from the last thing that happened to the encounter, which is
    /// the nearest that SafeHarbor knows to when services were last provided (WIC 10851). Null, unless it is set: they are kept until the county decides.
    /// </summary>
    public int? DefaultDays { get; } = configuration.GetValue<int?>("Retention:DefaultDays");

    /// <summary><c>Retention:KeyBackupDays</c>: after how many days no backup of the key store holds a key that was destroyed. Whoever runs the backups sees to it.</summary>
    public int KeyBackupDays { get; } = configuration.GetValue("Retention:KeyBackupDays", 7);

    /// <summary><c>Retention:Every</c>: how often it is looked what is due.</summary>
    public TimeSpan Every { get; } = configuration.GetValue("Retention:Every", TimeSpan.FromHours(1));

    /// <exception cref="StartRefusedException">A setting is out of range.</exception>
    public void Check()
    {
        if (DefaultDays is < FewestDays or > MostDays)
            throw new StartRefusedException($"Retention:DefaultDays is {DefaultDays}. Set it to {FewestDays} to {MostDays} days, or leave it out: then nothing is destroyed that a county or a court has not decided on.");
        if (KeyBackupDays is < 1 or > 35)
            throw new StartRefusedException($"Retention:KeyBackupDays is {KeyBackupDays}. Set it to the days, 1 to 35, after which backups and WAL of the key store's database are deleted; 7 is the default.");
        if (Every <= TimeSpan.Zero)
            throw new StartRefusedException("Retention:Every is not a time to wait. Set it to a time such as 01:00:00.");
    }
}
