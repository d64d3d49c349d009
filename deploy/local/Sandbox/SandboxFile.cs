using System.Text.Json;
using System.Text.Json.Serialization;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Local.Sandbox;

/// <summary>What a county of the sandbox does with a handoff.</summary>
internal enum CountyBehavior
{
    /// <summary>Acknowledges, and accepts some time later.</summary>
    Accept,
    /// <summary>The same, but takes ten times as long.</summary>
    Slow,
    /// <summary>Takes the notice and does nothing: silence climbs its ladder.</summary>
    Silent,
    /// <summary>Its endpoint answers 503 to everything.</summary>
    Down,
    /// <summary>Nobody is there. Its notices are undeliverable at once, and whoever tries a county's integration registers an endpoint of its own.</summary>
    Unattended,
}

/// <summary>What a provider of the sandbox does with an offer.</summary>
internal enum ProviderBehavior
{
    /// <summary>Accepts, and completes the need some time later.</summary>
    Accept,
    /// <summary>Declines for want of places.</summary>
    Decline,
    /// <summary>Lets it expire.</summary>
    Silent,
}

/// <summary>A state's <c>sandbox.json</c>: who is there for vendors to try with. Every county that it does not name accepts.</summary>
internal sealed record SandboxFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    /// <summary>Agencies whose tokens are printed, with what they are.</summary>
    public required IReadOnlyDictionary<string, string> Agencies { get; init; }

    /// <summary>Seconds from a notice to the acknowledgment of a county, or to the answer of a provider.</summary>
    public required double AcknowledgeAfterSeconds { get; init; }

    /// <summary>Seconds from then to the acceptance of a county, or to the completion of a provider's service.</summary>
    public required double AcceptAfterSeconds { get; init; }

    /// <summary>Counties that do something else than accept.</summary>
    public required IReadOnlyDictionary<string, CountyBehavior> Counties { get; init; }

    /// <summary>Organizations besides counties that packs list: each acknowledges, and accepts some time later.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The sample data's providers.</summary>
    public required IReadOnlyDictionary<string, ProviderBehavior> Providers { get; init; }

    /// <summary>The county in which one provider for each reason there is declines, before the last one accepts; five-digit FIPS.</summary>
    public required string DecliningCounty { get; init; }

    /// <summary>To which county the desk assigns what comes to it.</summary>
    public required string DeskAssigns { get; init; }

    public CountyBehavior BehaviorOf(string county) => Counties.GetValueOrDefault(county, CountyBehavior.Accept);

    /// <exception cref="StartRefusedException">The file is missing or wrong.</exception>
    public static SandboxFile Read(State state)
    {
        var path = state.PathOf("sandbox.json");
        try
        {
            return JsonSerializer.Deserialize<SandboxFile>(File.ReadAllText(path), Strict) ?? throw new JsonException("It is null.");
        }
        catch (Exception wrong) when (wrong is IOException or JsonException)
        {
            throw new StartRefusedException($"{path} is no sandbox. {wrong.Message}");
        }
    }
}
