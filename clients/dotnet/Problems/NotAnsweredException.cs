namespace SafeHarbor.Client;

/// <summary>
/// No answer came, so nobody knows whether the request was done. Send it again later: with the same key it is done once. A change with a version is read
/// again first. The officer's telephone call does not wait for it.
/// </summary>
/// <param name="idempotencyKey">The command's key.</param>
/// <param name="attempts">How often it was sent.</param>
/// <param name="cause">Why the last attempt failed.</param>
public sealed class NotAnsweredException(string? idempotencyKey, int attempts, Exception cause)
    : Exception($"No answer came, {attempts} times. Send the same request again later{(idempotencyKey is null ? "" : ", with the same idempotency key")}.", cause)
{
    /// <summary>The key to send the same command under once more; null when it takes none.</summary>
    public string? IdempotencyKey { get; } = idempotencyKey;
}
