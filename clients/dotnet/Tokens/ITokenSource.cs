namespace SafeHarbor.Client;

/// <summary>Where bearer tokens come from. It is asked before every request, by many at once, and keeps what it has got.</summary>
public interface ITokenSource
{
    /// <summary>A token that is valid now.</summary>
    /// <param name="refused">A token that a service has just refused, so that it must not be given again when a new one can be had; null otherwise.</param>
    /// <param name="cancellationToken">Ends it.</param>
    ValueTask<string> GetAsync(string? refused, CancellationToken cancellationToken);
}
