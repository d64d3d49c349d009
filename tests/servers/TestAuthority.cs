using Microsoft.Extensions.Time.Testing;
using SafeHarbor.Local.Tls;

namespace SafeHarbor.TestServers;

/// <summary>An authority that a test has for itself; nobody believes it who is not given its file. Deleted on dispose.</summary>
/// <param name="at">When its certificates are made; now unless given.</param>
public sealed class TestAuthority(DateTimeOffset? at = null) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("safeharbor-test-").FullName;

    /// <summary>The authority.</summary>
    public DevelopmentAuthority Authority => DevelopmentAuthority.LoadOrCreate(_directory, at is null ? TimeProvider.System : new FakeTimeProvider(at.Value));

    /// <summary>PEM of its certificate.</summary>
    public string File => Authority.AuthorityFile;

    public void Dispose() => Directory.Delete(_directory, recursive: true);
}
