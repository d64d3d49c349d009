using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.Local.Verbs;

/// <summary>How every verb writes for programs, and for people who can read it.</summary>
internal static class Json
{
    private static readonly JsonSerializerOptions Readable = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    private static readonly JsonSerializerOptions OnOneLine = new(Readable) { WriteIndented = false };

    /// <summary>The option by which a verb is asked for it.</summary>
    public static Option<bool> Option(string description = "For programs.") => new("--json") { Description = description };

    public static string Of<T>(T value) => JsonSerializer.Serialize(value, Readable);

    /// <summary>The same on one line, for what comes line by line.</summary>
    public static string LineOf<T>(T value) => JsonSerializer.Serialize(value, OnOneLine);
}
