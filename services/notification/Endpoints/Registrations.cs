using System.Collections.Concurrent;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>Lets an organization's registrations happen one after another, so that each counts the endpoints that the earlier ones have made. Of several instances each does so by itself.</summary>
internal sealed class Registrations
{
    private readonly ConcurrentDictionary<Organization, SemaphoreSlim> _turns = new();

    /// <summary>Returns when it is this one's turn, which ends with what is returned.</summary>
    public async Task<IDisposable> WaitForTurnAsync(Organization organization, CancellationToken cancellation)
    {
        var turn = _turns.GetOrAdd(organization, static _ => new(1));
        await turn.WaitAsync(cancellation);
        return new Turn(turn);
    }

    private sealed class Turn(SemaphoreSlim turn) : IDisposable
    {
        public void Dispose() => turn.Release();
    }
}
