using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>The header <c>Prefer</c> (RFC 7240). What of it is not known is not applied, which the answer shows by not naming it in <c>Preference-Applied</c>.</summary>
public static class Preference
{
    /// <summary>The longest that is waited.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait for a fuller answer: <c>wait=SECONDS</c>, at most 30; null when that is not preferred, cannot be read or cannot be granted now.</summary>
    public static TimeSpan? Wait(HttpRequest request) => request.HttpContext.Features.Get<Unwaited>() is null && int.TryParse(Of(request, "wait"), NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
        ? TimeSpan.FromSeconds(Math.Min(seconds, LongestWait.TotalSeconds)) : null;

    /// <summary>The preference to wait is not followed this time.</summary>
    internal static void DoNotWait(HttpRequest request) => request.HttpContext.Features.Set(new Unwaited());

    /// <summary>Whether members that are not known are to be ignored rather than refused: <c>handling=lenient</c>.</summary>
    public static bool IsLenient(HttpRequest request) => Of(request, "handling") == "lenient";

    /// <summary>Says in the answer that a preference was applied.</summary>
    public static void Applied(HttpResponse response, string preference) => response.Headers.Append("Preference-Applied", preference);

    // The first of a name holds; what follows a semicolon is the preference's own.
    private static string? Of(HttpRequest request, string name) => request.Headers["Prefer"]
        .SelectMany(value => (value ?? "").Split(','))
        .Select(preference => preference.Split(';')[0].Split('=', 2, StringSplitOptions.TrimEntries))
        .FirstOrDefault(preference => preference is [var given, _] && given.Equals(name, StringComparison.OrdinalIgnoreCase))?[1].Trim('"');

    private sealed class Unwaited;
}
