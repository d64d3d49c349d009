using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.ServiceDefaults.Endpoints;

/// <summary>Something whose changes are counted. An answer that is one gets the <c>ETag</c> of its version, and does not repeat it in its body: what was read may be sent back.</summary>
public interface IVersioned
{
    /// <summary>Counts the changes, from 1.</summary>
    int Version { get; }
}

/// <summary>
/// What <c>If-Match</c> asks for (RFC 9110, section 13.1.1); behind <c>Conditional</c> it must be there. A handler takes it as a parameter, and asks it once it
/// knows that there is such a thing for its caller.
/// </summary>
public sealed class Precondition
{
    private readonly bool _isRequired;
    private readonly bool _isGiven;
    private readonly IList<EntityTagHeaderValue>? _tags;

    private Precondition(HttpContext context)
    {
        _isRequired = context.GetEndpoint()?.Metadata.GetMetadata<ConditionDeclaration>() is { Because: null };
        _isGiven = context.Request.Headers.IfMatch.Count > 0;
        // "*" stands alone.
        _tags = EntityTagHeaderValue.TryParseStrictList([.. context.Request.Headers.IfMatch.OfType<string>()], out var tags) && (tags.Count == 1 || !tags.Contains(EntityTagHeaderValue.Any)) ? tags : null;
    }

    /// <summary>
    /// Whether a state with this version may be changed: its tag is one of those named, strong and the same byte for byte, or <c>*</c> was given, which any state fulfills; also
    /// where none was given and none is demanded. Whoever then finds that another was first asks it again about the state that is now: <see cref="UntilAnsweredAsync"/>.
    /// </summary>
    public bool Admits(int version) => _isGiven
        ? _tags?.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || tag.Compare(new(TagOf(version)), useStrongComparison: true)) == true
        : !_isRequired;

    /// <summary>
    /// Runs a change until it has an answer. It gives none when another has changed the state between its reading and its writing: then it reads again, and what was
    /// demanded of the state is held against the one that is now. So <c>*</c> never fails because somebody else was quick.
    /// </summary>
    public static async Task<T> UntilAnsweredAsync<T>(Func<Task<T?>> change) where T : class
    {
        while (true)
        {
            if (await change() is { } answer)
                return answer;
        }
    }

    /// <summary>The answer when it does not admit the state, or that state is gone: 428 when it was not given, 400 when it cannot be read, else 412.</summary>
    /// <param name="what">The thing's name: <c>provider</c>.</param>
    /// <param name="changed">What is said of a state that it does not admit, when there is more to say than that somebody has changed it.</param>
    public ProblemHttpResult Failed(string what, string? changed = null)
    {
        if (!_isGiven && _isRequired)
            return Problem.PreconditionRequired($"Read the {what} and send its ETag as If-Match, so that nobody's change is lost.");
        if (_isGiven && _tags is not { Count: > 0 })
            return new ValidationErrors().AddParameter("If-Match", "wrong-form", "Give the ETag as it was given, in quotation marks: \"3\"; or * for any state.").ToProblem();
        return Problem.PreconditionFailed(changed ?? $"Somebody has changed the {what}. Read it again, make your change there, and send it with the new ETag.");
    }

    /// <summary>The entity tag of a version.</summary>
    public static string TagOf(int version) => $"\"{version}\"";

    /// <summary>Binds a handler's parameter.</summary>
    public static ValueTask<Precondition?> BindAsync(HttpContext context) => ValueTask.FromResult<Precondition?>(new(context));
}
