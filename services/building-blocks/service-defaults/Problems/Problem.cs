using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>
/// RFC 9457 problem details. A detail says what to do next and never quotes what was sent or what an exception said. Every answer gets a
/// <c>traceId</c>; <c>instance</c> is never set, because a path can name a report.
/// </summary>
public static class Problem
{
    /// <summary>A problem's <c>type</c> is this and its name: the path of its page at the service that answers (<see cref="ProblemPages"/>). It never changes.</summary>
    public const string TypeBase = "/problems/";

    /// <summary>400 <c>validation</c>: what was sent is wrong in the named places.</summary>
    public static ProblemHttpResult Validation(ValidationErrors errors) =>
        Of(
            StatusCodes.Status400BadRequest,
            "validation",
            "Correct what the entries of 'errors' name and send the request again.",
            new Dictionary<string, object?> { ["errors"] = errors.All });

    /// <summary>404 <c>not-found</c>: there is no such <paramref name="what"/> for this caller, whether or not it exists for others.</summary>
    /// <param name="what">The thing's name in the system's language: <c>encounter</c>, <c>handoff</c>. Never an id.</param>
    public static ProblemHttpResult NotFound(string what) =>
        Of(StatusCodes.Status404NotFound, "not-found", $"There is no such {what} for your organization. Check the id and the organization of your token.");

    /// <summary>404 <c>not-found</c>: it is the caller's, and no longer kept here.</summary>
    /// <param name="where">Where it is now, and what to do.</param>
    public static ProblemHttpResult KeptElsewhere(string where) => Of(StatusCodes.Status404NotFound, "not-found", where);

    /// <summary>403: the caller is known and may not do this.</summary>
    public static ProblemHttpResult Forbidden(string name, string detail) => Of(StatusCodes.Status403Forbidden, name, detail);

    /// <summary>409: the state does not allow it (now).</summary>
    /// <param name="name">Kebab-case name of the problem, unique in the system: <c>already-accepted</c>.</param>
    /// <param name="detail">What is the matter and what to do next.</param>
    public static ProblemHttpResult Conflict(string name, string detail) => Of(StatusCodes.Status409Conflict, name, detail);

    /// <summary>409 <c>still-running</c>: the same request is being answered just now.</summary>
    public static ProblemHttpResult StillRunning() => Conflict("still-running", "The same request is just being answered. Send it again in a few seconds.");

    /// <summary>412 <c>precondition-failed</c>: the resource is not the one that <c>If-Match</c> names any more.</summary>
    public static ProblemHttpResult PreconditionFailed(string detail) => Of(StatusCodes.Status412PreconditionFailed, "precondition-failed", detail);

    /// <summary>428 <c>precondition-required</c>: the request needs <c>If-Match</c>.</summary>
    public static ProblemHttpResult PreconditionRequired(string detail) =>
        Of(StatusCodes.Status428PreconditionRequired, "precondition-required", detail);

    /// <summary>422: well-formed, but cannot be done, as in an idempotency key used again with another body.</summary>
    /// <param name="name">Kebab-case name of the problem.</param>
    /// <param name="detail">What is the matter and what to do next.</param>
    public static ProblemHttpResult Unprocessable(string name, string detail) => Of(StatusCodes.Status422UnprocessableEntity, name, detail);

    /// <summary>Any other problem. The title is the name in words.</summary>
    public static ProblemHttpResult Of(int status, string name, string detail, IDictionary<string, object?>? extensions = null)
    {
        var problem = new ProblemDetails
        {
            Type = TypeBase + name,
            Title = char.ToUpperInvariant(name[0]) + name[1..].Replace('-', ' '),
            Status = status,
            Detail = detail,
        };
        foreach (var (key, value) in extensions ?? new Dictionary<string, object?>())
            problem.Extensions[key] = value;
        return TypedResults.Problem(problem);
    }
}
