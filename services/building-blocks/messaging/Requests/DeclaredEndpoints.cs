using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SafeHarbor.ServiceDefaults.Endpoints;
using SafeHarbor.ServiceDefaults.Problems;

namespace SafeHarbor.Messaging.Requests;

/// <summary>Does for every endpoint what it declares: repetition, ledger, entity tag; once for all of them.</summary>
internal sealed class DeclaredEndpoints : IEndpointFilter
{
    /// <summary>The service's routes, each of which does what it declares.</summary>
    public static IEndpointRouteBuilder Group(IEndpointRouteBuilder routes) => routes.MapGroup("").AddEndpointFilter(new DeclaredEndpoints());

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var request = Request.Of(http);
        if (request.Metadata<RepetitionDeclaration>() is { Because: null } repetition)
        {
            var errors = new ValidationErrors();
            request.Key = RequestKey.Of(context, repetition, request, errors);
            if (errors.Any)
                return errors.ToProblem();
        }

        var result = await next(context);
        var answer = (result as INestedHttpResult)?.Result ?? result as IResult;
        if ((answer as IStatusCodeHttpResult)?.StatusCode is >= 200 and < 300 || answer is null)
        {
            await request.RecordAsync(http.RequestAborted);
            if ((answer as IValueHttpResult)?.Value is IVersioned versioned)
                http.Response.Headers.ETag = Precondition.TagOf(versioned.Version);
        }
        // Not done, perhaps because it was done before.
        else if (request.Key is { } key && await key.AnswerAsync(request.FingerprintOf(key), refuseOthers: IsConflict(answer), http.RequestAborted) is { } earlier)
        {
            return earlier;
        }
        return result;
    }

    private static bool IsConflict(IResult answer) => (answer as IStatusCodeHttpResult)?.StatusCode == StatusCodes.Status409Conflict;
}
