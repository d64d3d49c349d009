using System.Text.Json;

namespace SafeHarbor.Local.Demo;

/// <summary>Reads what may be absent.</summary>
internal static class JsonReading
{
    public static JsonElement? Member(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public static string? Text(this JsonElement element, string name) => element.Member(name)?.ToString();

    /// <summary>The items of an array, or of the array that a page of results holds.</summary>
    public static IEnumerable<JsonElement> Items(this JsonElement element)
    {
        var array = element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().Select(member => member.Value).FirstOrDefault(value => value.ValueKind == JsonValueKind.Array)
            : element;
        return array.ValueKind == JsonValueKind.Array ? array.EnumerateArray() : [];
    }
}
