using SafeHarbor.Contracts;
using SafeHarbor.Messaging.Sagas;

namespace SafeHarbor.Messaging.Keeping;

/// <summary>
/// A saga that one of several keepers has, the statewide system or a node, and that can be handed over (ADR 41). Its row stays with whoever has let go of it, so that what
/// still comes for it there follows; it is that keeper's no longer, and no query may show it (<see cref="Storage.KeepingModel"/>). Its timers are those whose tokens its row holds.
/// </summary>
public interface IKept : ITimedSaga
{
    /// <summary>The key of who has it since it was let go of here; null while it is kept here.</summary>
    string? Keeper { get; set; }

    /// <summary>Whose it is: an organization's sagas are handed over together.</summary>
    Organization Organization { get; }
}
