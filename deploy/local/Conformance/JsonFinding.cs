using System.Text.Json;
using SafeHarbor.Local.Demo;

namespace SafeHarbor.Local.Conformance;

/// <summary>Looks into what was sent and answered.</summary>
internal static class JsonFinding
{
    /// <summary>The value at a path of member names and indices, such as <c>children.0.gender</c>; null where there is none.</summary>
    public static JsonElement? At(this JsonElement element, string path)
    {
        JsonElement? at = element;
        foreach (var part in path.Split('.'))
            at = at is not { } here ? null
                : here.ValueKind == JsonValueKind.Array ? int.TryParse(part, out var index) && index < here.GetArrayLength() ? here[index] : null
                : here.Member(part);
        return at;
    }

    /// <summary>Whether an array at a path holds a text.</summary>
    public static bool Holds(this JsonElement element, string path, string text) =>
        element.At(path) is { ValueKind: JsonValueKind.Array } array && array.EnumerateArray().Any(item => item.ToString() == text);

    /// <summary>The entries of a problem's <c>errors</c>, or of a receipt's <c>warnings</c>.</summary>
    public static IEnumerable<(string Place, string Code, string Detail)> Errors(this JsonElement answer, string member = "errors") =>
        answer.Member(member) is { ValueKind: JsonValueKind.Array } errors
            ? errors.EnumerateArray().Select(error => (error.Text("pointer") ?? error.Text("parameter") ?? "", error.Text("code") ?? "", error.Text("detail") ?? ""))
            : [];
}
