using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Access;

/// <summary>Where an OpenID Connect issuer is and how often it is asked for its keys.</summary>
/// <param name="Issuer">The issuer as its tokens and its metadata write it (<c>Authentication:Authority</c>).</param>
/// <param name="Metadata">Where its metadata is read: below the issuer (OpenID Connect Discovery 1.0, section 4) unless <c>Authentication:MetadataAddress</c> says
/// otherwise, for an issuer that services reach under another name than their callers.</param>
/// <param name="KeysEvery">How often the keys are fetched (<c>Authentication:KeysEvery</c>): a withdrawn key is refused after that and the time of a fetch.</param>
/// <param name="KeysAtMostEvery">How often a token under an unknown key may make them be fetched earlier (<c>Authentication:KeysAtMostEvery</c>).</param>
internal sealed record IssuerSettings(string Issuer, Uri Metadata, TimeSpan KeysEvery, TimeSpan KeysAtMostEvery)
{
    public const string AuthorityKey = "Authentication:Authority";
    private const string MetadataKey = "Authentication:MetadataAddress";
    private const string EveryKey = "Authentication:KeysEvery";
    private const string AtMostEveryKey = "Authentication:KeysAtMostEvery";
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);

    /// <summary>What is configured; null without an issuer. Throws <see cref="StartRefusedException"/> when it cannot be used.</summary>
    public static IssuerSettings? From(IConfiguration configuration, IHostEnvironment environment)
    {
        if (configuration[AuthorityKey] is not { } authority || string.IsNullOrWhiteSpace(authority))
            return null;
        var metadata = configuration[MetadataKey] is { Length: > 0 } elsewhere
            ? Address(MetadataKey, elsewhere, environment)
            : new Uri(Address(AuthorityKey, authority, environment).ToString().TrimEnd('/') + "/.well-known/openid-configuration");
        return new(authority, metadata, Time(configuration, EveryKey, TimeSpan.FromMinutes(2)), Time(configuration, AtMostEveryKey, TimeSpan.FromSeconds(10)));
    }

    private static Uri Address(string key, string text, IHostEnvironment environment)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            throw new StartRefusedException($"{key} is no absolute address. Set it to your OpenID Connect issuer's, such as https://issuer.example.org/realm.");
        if (address.Scheme != Uri.UriSchemeHttps && !environment.IsDevelopment())
            throw new StartRefusedException($"{key} must begin with https://: whoever can change the issuer's keys on their way here can be anybody. Only in Development may it be http://.");
        return address;
    }

    private static TimeSpan Time(IConfiguration configuration, string key, TimeSpan usual)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return usual;
        return TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var time) && time >= TimeSpan.FromMilliseconds(100) && time <= Longest
            ? time
            : throw new StartRefusedException($"{key} must be a time of at most five minutes, such as 00:02:00: for so long a key that the issuer has withdrawn may still be taken.");
    }
}
