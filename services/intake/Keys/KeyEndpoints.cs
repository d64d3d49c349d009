using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Intake.Keys;

/// <summary>How the keys stand. A version of the key-encryption key under which there are none, and which is not the current one, may be taken away.</summary>
/// <param name="Current">The version that wraps now.</param>
/// <param name="Wrapped">How many keys each version wraps.</param>
/// <param name="Destroyed">How many keys were destroyed.</param>
/// <param name="Ahead">How many keys this instance has ready.</param>
public sealed record KeysState(string Current, IReadOnlyList<KeysUnder> Wrapped, long Destroyed, int Ahead);

/// <summary><c>GET /v1/keys</c>: an operator sees how far a rotation is. No key, wrapped or not, leaves the service.</summary>
public static class KeyEndpoints
{
    public static void MapKeys(this IEndpointRouteBuilder routes) =>
        routes.Operations().MapGet("/v1/keys", GetAsync).RequireScope("operations.read", kinds: "state")
            .RecordsNothing("It counts keys and shows none.").WithName("GetKeys");

    /// <summary>Shows how far a rotation of the key-encryption key is. No key, wrapped or not, leaves the service.</summary>
    private static async Task<KeysState> GetAsync(KeyStore store, IKeyEncryption encryption, KeySupply supply, CancellationToken cancellation)
    {
        var (wrapped, destroyed) = await store.CountAsync(cancellation);
        return new(await encryption.CurrentAsync(cancellation), wrapped, destroyed, supply.Count);
    }
}
