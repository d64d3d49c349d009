using Microsoft.Extensions.Options;

namespace SafeHarbor.Notification.Notices;

/// <summary>Public addresses of the services, <c>Links:Services:county-routing</c> and so on.</summary>
internal sealed class LinkSettings
{
    public Dictionary<string, string> Services { get; init; } = [];
}

/// <summary>Where the thing that a notice is about can be read: an address, or a path at the asking service when its address is not configured.</summary>
internal sealed class Links(IOptions<LinkSettings> settings)
{
    private static readonly Dictionary<string, string> Paths = new()
    {
        ["handoff"] = "/v1/handoffs/",
        ["offer"] = "/v1/offers/",
        ["need"] = "/v1/needs/",
        ["jurisdiction"] = "/v1/desk/",
        ["desk"] = "/v1/desk/",
    };

    /// <summary>Null when nothing can be read under that noun.</summary>
    public string? To(string source, string noun, Guid subject) => Paths.TryGetValue(noun, out var path)
        ? settings.Value.Services.GetValueOrDefault(source, "").TrimEnd('/') + path + subject
        : null;
}
