using System.Text.Json;
using System.Text.Json.Serialization;
using SafeHarbor.ServiceDefaults.Hosting;
using SafeHarbor.ServiceDefaults.States;

namespace SafeHarbor.Local.Demo;

/// <summary>A state's <c>demo.json</c>: who plays along, and which journeys are played.</summary>
internal sealed record DemoFile
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerOptions.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseUpper) },
    };

    private static readonly Lazy<DemoFile> Home = new(() => Read(HomeState.Current));

    /// <summary>That of this installation's state.</summary>
    public static DemoFile OfHome => Home.Value;

    public required string Officer { get; init; }

    public required IReadOnlyDictionary<string, Behavior> Answers { get; init; }

    public required string DeskAssigns { get; init; }

    public string? ReferredOnTo { get; init; }

    public required IReadOnlyList<Journey> Journeys { get; init; }

    /// <exception cref="StartRefusedException">The file is missing or wrong.</exception>
    public static DemoFile Read(State state)
    {
        var path = state.PathOf("demo.json");
        try
        {
            return JsonSerializer.Deserialize<DemoFile>(File.ReadAllText(path), Strict) ?? throw new JsonException("It is null.");
        }
        catch (Exception wrong) when (wrong is IOException or JsonException)
        {
            throw new StartRefusedException($"{path} is no demonstration. {wrong.Message}");
        }
    }
}
