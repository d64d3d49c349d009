using System.Net;
using System.Text;
using SafeHarbor.Notification.Delivery;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>What may be an endpoint's url. What its name resolves to is looked at whenever a connection is made, here only what is written.</summary>
internal static class EndpointUrl
{
    /// <summary>How many characters it has at most.</summary>
    public const int Longest = 2000;

    private const string Column = "endpoints.url_ciphertext";

    /// <summary>Seals an endpoint's address, which may hold whatever its owner has written into it.</summary>
    public static ValueTask<SealedData> SealAsync(string url, Guid endpoint, Sealer sealer, CancellationToken cancellation) =>
        sealer.SealAsync(Encoding.UTF8.GetBytes(url), Column, endpoint, cancellation);

    /// <summary>Opens the addresses of endpoints, in their order.</summary>
    public static async Task<IReadOnlyList<string>> OpenAsync(IReadOnlyList<WebhookEndpoint> endpoints, Sealer sealer, CancellationToken cancellation) =>
        [.. (await sealer.OpenAsync([.. endpoints.Select(e => Cell(e.Url, e.Id))], cancellation)).Select(Encoding.UTF8.GetString)];

    /// <summary>Where an endpoint's address belongs.</summary>
    public static SealedCell Cell(SealedData url, Guid endpoint) => new(url, Column, endpoint);

    public static void Check(string? url, Destinations destinations, ValidationErrors errors)
    {
        void Wrong(string code, string detail) => errors.Add("/url", code, detail);

        if (string.IsNullOrEmpty(url))
            Wrong("required", "Give the absolute https address that takes your notices.");
        else if (url.Length > Longest)
            Wrong("too-long", $"Has more than {Longest} characters. Give a shorter address.");
        else if (url.Any(c => char.IsWhiteSpace(c) || char.IsControl(c)) || !Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            Wrong("not-absolute", "Is no absolute address. Give one such as https://notices.example.org/safeharbor.");
        else if (uri.Scheme != Uri.UriSchemeHttps && !destinations.MayBePlain(uri))
            Wrong("not-https", "Must begin with https://. Plain http is taken only in development and only for this machine.");
        else if (uri.UserInfo.Length > 0)
            Wrong("user-info", "Holds a user or a password. Remove them: notices are signed with the endpoint's secret.");
        else if (url.Contains('#', StringComparison.Ordinal))
            Wrong("fragment", "Holds a fragment (#…), which is never sent. Remove it.");
        else if (!destinations.Anywhere && (uri.IsLoopback || IPAddress.TryParse(uri.IdnHost.Trim('[', ']').TrimEnd('.'), out var address) && !destinations.Allow(address)))
            Wrong("not-public", "Names an address that is not on the public internet. Give one that is, or ask the operator to allow its network.");
    }
}
