using MassTransit;

namespace SafeHarbor.Messaging.Sagas;

/// <summary>A saga of which the core keeps since when it has been in its state, and measures how long it was when it leaves it.</summary>
public interface ITimedSaga : SagaStateMachineInstance
{
    /// <summary>The state's name; <see cref="StateWord"/> is what others call it.</summary>
    string CurrentState { get; }

    /// <summary>When it entered the state; set by the core when the change commits. Whoever adds a saga by itself sets it.</summary>
    DateTimeOffset StateSince { get; set; }

    /// <summary>Whether how long it was in its states says something of real work; false of a drill.</summary>
    bool CountsInFigures => true;
}
