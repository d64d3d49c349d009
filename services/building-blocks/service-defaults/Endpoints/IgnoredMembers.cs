using Microsoft.AspNetCore.Http;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>What of a body is not known here and was ignored, because its sender prefers that (<c>Prefer: handling=lenient</c>). Every answer names it in a header.</summary>
public sealed class IgnoredMembers
{
    internal const string Header = "Ignored-Members";
    private const int MostNamed = 20;

    private IgnoredMembers(IReadOnlyList<ValidationError> all) => All = all;

    /// <summary>One entry a member.</summary>
    public IReadOnlyList<ValidationError> All { get; }

    /// <summary>The request's; null when nothing was ignored.</summary>
    public static IReadOnlyList<ValidationError>? Of(HttpContext context) => context.Features.Get<IgnoredMembers>()?.All;

    /// <summary>Says that leniency was applied, and to what: a list (RFC 9651) of pointers, at its end how many more there are than are named.</summary>
    internal static void Tell(HttpContext context, IReadOnlyList<ValidationError> ignored)
    {
        Preference.Applied(context.Response, "handling=lenient");
        if (ignored.Count == 0)
            return;
        context.Features.Set(new IgnoredMembers(ignored));
        var more = ignored.Count > MostNamed ? $", {ignored.Count - MostNamed}" : "";
        context.Response.Headers[Header] = string.Join(", ", ignored.Take(MostNamed).Select(member => $"\"{member.Pointer}\"")) + more;
    }
}
