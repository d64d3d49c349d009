namespace SafeHarbor.Client;

/// <summary>A request is no webhook that may be believed.</summary>
/// <param name="why">Why, for the receiver's log; nothing of it is for the sender.</param>
/// <param name="cause">What was not read.</param>
public sealed class WebhookRefusedException(string why, Exception? cause = null) : Exception(why, cause);
