namespace SafeHarbor.Contracts;

/// <summary>Something that has happened to an encounter: it becomes one entry of the encounter's timeline.</summary>
public interface IEncounterEvent : IEncounterMessage
{
    /// <summary>When it happened, UTC, by the clock of the service that says so.</summary>
    DateTimeOffset At { get; }
}
