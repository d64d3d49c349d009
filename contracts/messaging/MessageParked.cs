namespace SafeHarbor.Contracts.Messaging;

/// <summary>
/// A message about the encounter could not be handled or sent and waits for an operator: something that should have happened has not. Published by
/// the service that parked it, also when the handler's own transaction failed. This is the system's fault message for every kind of message.
/// </summary>
[Message("message.parked.v1", From = [Services.Intake, Services.CountyRouting, Services.Notification, Services.CaseServices], FromNodes = true)]
public sealed record MessageParked : IEncounterEvent
{
    /// <inheritdoc/>
    public required Guid EncounterId { get; init; }
    /// <inheritdoc/>
    public required DateTimeOffset At { get; init; }
    /// <summary>The message that is parked.</summary>
    public required Guid MessageId { get; init; }
    /// <summary>Its wire name.</summary>
    public required string MessageType { get; init; }
    /// <summary>Where it was going: <c>queue:NAME</c> or <c>exchange:NAME</c>.</summary>
    public required string Destination { get; init; }
    /// <summary>Kind of the error, without what it said.</summary>
    public required string Error { get; init; }
}
