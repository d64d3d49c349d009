namespace SafeHarbor.Contracts;

/// <summary>A message about one encounter. Messages of one service about the same encounter keep their order.</summary>
public interface IEncounterMessage
{
    /// <summary>The encounter; given out by intake.</summary>
    Guid EncounterId { get; }
}
