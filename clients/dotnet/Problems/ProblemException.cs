namespace SafeHarbor.Client;

/// <summary>A service has refused a request, or could not do it for as long as it was asked.</summary>
/// <param name="problem">Why, and what to do.</param>
/// <param name="retryAfter">How long the service asked to wait.</param>
/// <param name="idempotencyKey">The command's key.</param>
public sealed class ProblemException(Problem problem, TimeSpan? retryAfter, string? idempotencyKey) : Exception(MessageOf(problem))
{
    /// <summary>Why, and what to do.</summary>
    public Problem Problem { get; } = problem;

    /// <summary>How long the service asked to wait before the request is sent again; null when it did not.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The key to send the same command under once more; null when it takes none.</summary>
    public string? IdempotencyKey { get; } = idempotencyKey;

    private static string MessageOf(Problem problem) => string.Join(Environment.NewLine,
        (problem.Errors ?? []).Select(error => $"  {error.Pointer ?? error.Parameter}: {error.Detail}").Prepend($"{problem.Title} ({problem.Status}): {problem.Detail}"));
}
