using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>Something whose changes are counted. An answer that is one gets the <c>ETag</c> of its version.</summary>
public interface IVersioned
{
    /// <summary>Counts the changes, from 1.</summary>
    int Version { get; }
}

/// <summary>What <c>If-Match</c> asks for (RFC 9110, section 13.1.1). A handler takes it as a parameter; behind <c>Conditional</c> it is there and readable.</summary>
public sealed class Precondition
{
    private readonly StringValues _header;

    private Precondition(StringValues header) => _header = header;

    /// <summary>Whether the header is there.</summary>
    public bool IsGiven => _header.Count > 0;

    /// <summary>Whether a state with this version may be changed: its tag is named, or <c>*</c>, which means any state.</summary>
    public bool Admits(int version) => !IsGiven
        || Tags is { } tags && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(new(TagOf(version)), useStrongComparison: true));

    /// <summary>The entity tag of a version.</summary>
    public static string TagOf(int version) => $"\"{version}\"";

    /// <summary>412: it is not that state any more.</summary>
    /// <param name="what">The thing's name: <c>provider</c>.</param>
    public static ProblemHttpResult Failed(string what) => Problem.PreconditionFailed(
        $"Somebody has changed the {what}. Read it again, make your change there, and send it with the new ETag.");

    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<Precondition?> BindAsync(HttpContext context) => ValueTask.FromResult<Precondition?>(new(context.Request.Headers.IfMatch));

    /// <summary>The answer to a request that names no state, or none that can be read; null when it does.</summary>
    public static ProblemHttpResult? Missing(HttpContext context)
    {
        var given = new Precondition(context.Request.Headers.IfMatch);
        return !given.IsGiven ? Problem.PreconditionRequired("Read the resource and send its ETag as If-Match, so that nobody's change is lost.")
            : given.Tags is null ? new ValidationErrors().AddParameter("If-Match", "wrong-form", "Give the ETag as it was given, in quotation marks: \"3\"; or * for any state.").ToProblem()
            : null;
    }

    private IList<EntityTagHeaderValue>? Tags => EntityTagHeaderValue.TryParseStrictList([.. _header.OfType<string>()], out var tags) ? tags : null;
}
