using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace SafeHarbor.Fuzz;

/// <summary>Whether an answer is one that a service may give, whatever it was sent; and which of its answers it is.</summary>
internal static partial class Judge
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    /// <summary>What is wrong with an answer; null when nothing is.</summary>
    public static string? Wrong(int status, HttpContentHeaders headers, string text, TimeSpan took) =>
        status >= 500 ? $"is answered {status}"
        : took > Patience ? $"took {took.TotalSeconds:0} s"
        : status >= 400 && text.Contains(Hostile.Canary, StringComparison.OrdinalIgnoreCase) ? "is refused with a value that was sent"
        // What is no request at all the server itself refuses, before anybody of ours is asked.
        : status == 400 && text.Length == 0 && headers.ContentType is null ? null
        : status >= 400 && headers.ContentType?.MediaType != "application/problem+json" ? $"is refused with {headers.ContentType} in the place of a problem"
        : status >= 400 && !TypeForm().IsMatch(Type(text) ?? "") ? "is refused with a problem of no type"
        : null;

    /// <summary>The same for the same rule: the status, the problem, and the codes of what is wrong and where, without numbers.</summary>
    public static string Kind(int status, string text)
    {
        if (status < 400)
            return $"{status}";
        try
        {
            using var problem = JsonDocument.Parse(text);
            var errors = problem.RootElement.TryGetProperty("errors", out var all) && all.ValueKind == JsonValueKind.Array
                ? string.Join(' ', all.EnumerateArray().Take(3).Select(e => Numbers().Replace($"{Member(e, "pointer")}{Member(e, "parameter")} {Member(e, "code")}", "*"))) : "";
            return $"{status} {Type(text)} {errors}";
        }
        catch (JsonException)
        {
            return $"{status}";
        }
    }

    private static string? Type(string text)
    {
        try
        {
            using var problem = JsonDocument.Parse(text);
            return Member(problem.RootElement, "type");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Member(JsonElement of, string name) => of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\A/problems/[a-z0-9-]+\z")]
    private static partial Regex TypeForm();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Numbers();
}
