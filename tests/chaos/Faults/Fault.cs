namespace SafeHarbor.Chaos.Faults;

/// <summary>Something that goes wrong with the system, for a while.</summary>
internal abstract class Fault
{
    /// <summary>How long it stays between inject and heal.</summary>
    public virtual TimeSpan Lasts => TimeSpan.Zero;

    /// <summary>Whether healing is the system's own work, such as a service's start, so that it counts as recovery; a server's start does not.</summary>
    public virtual bool HealingIsRecovery => false;

    /// <summary>Breaks it.</summary>
    public abstract Task InjectAsync(CancellationToken cancellation);

    /// <summary>Takes the cause away, and nothing else: getting well is the system's own matter.</summary>
    public virtual Task HealAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>After the recovery: leaves the installation as it was before.</summary>
    public virtual Task TidyAsync(CancellationToken cancellation) => Task.CompletedTask;

    /// <summary>What is known about it only afterwards.</summary>
    public virtual string Remark => "";

    /// <summary>What is broken, for people.</summary>
    public abstract override string ToString();
}
