namespace SafeHarbor.Client;

/// <summary>Tokens that the program gets itself, with a library of its issuer for instance.</summary>
/// <param name="get">Gives a token that is valid now; asked once more when a service has refused what it gave.</param>
public sealed class GivenTokens(Func<CancellationToken, ValueTask<string>> get) : ITokenSource
{
    /// <inheritdoc/>
    public ValueTask<string> GetAsync(string? refused, CancellationToken cancellationToken) => get(cancellationToken);
}
