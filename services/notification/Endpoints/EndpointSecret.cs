using System.Security.Cryptography;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>A signing secret of an endpoint, sealed.</summary>
internal sealed class EndpointSecret
{
    private const int Size = 32;
    private const string Column = "endpoint_secrets.ciphertext/";

    public Guid EndpointId { get; set; }
    /// <summary>1 for the first; each rotation counts on.</summary>
    public int Number { get; set; }
    public byte[] Ciphertext { get; set; } = [];
    public byte[] WrappedKey { get; set; } = [];
    public DateTimeOffset CreatedAt { get; set; }
    /// <summary>Null for the current one; a replaced one signs beside it until then.</summary>
    public DateTimeOffset? SignsUntil { get; set; }

    /// <summary>Makes a secret; the text is for the endpoint's owner and nobody else.</summary>
    public static async Task<(EndpointSecret Sealed, string Text)> MakeAsync(Sealer sealer, Guid endpoint, int number, DateTimeOffset at, CancellationToken cancellation)
    {
        var secret = RandomNumberGenerator.GetBytes(Size);
        try
        {
            var data = await sealer.SealAsync(secret, Column + number, endpoint, cancellation);
            return (new() { EndpointId = endpoint, Number = number, Ciphertext = data.Ciphertext, WrappedKey = data.WrappedKey, CreatedAt = at },
                "whsec_" + Convert.ToBase64String(secret));
        }
        finally
        {
            CryptographicOperations.ZeroMemory(secret);
        }
    }

    /// <summary>The key to sign with, and where it belongs.</summary>
    public SealedCell Cell => new(new(Ciphertext, WrappedKey), Column + Number, EndpointId);
}
