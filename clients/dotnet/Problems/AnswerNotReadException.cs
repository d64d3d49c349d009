namespace SafeHarbor.Client;

/// <summary>The service has done what was asked, but this version of the client cannot read its answer. Take the version that fits the service's.</summary>
/// <param name="idempotencyKey">The command's key.</param>
/// <param name="cause">What was not read.</param>
public sealed class AnswerNotReadException(string? idempotencyKey, Exception cause)
    : Exception("The request was done, but its answer cannot be read. Take the version of this client that fits the service.", cause)
{
    /// <summary>The key under which the same command gets the same answer again; null when it takes none.</summary>
    public string? IdempotencyKey { get; } = idempotencyKey;
}
