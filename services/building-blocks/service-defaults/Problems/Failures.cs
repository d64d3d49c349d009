using System.Data.Common;
using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Logging;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.ServiceDefaults.Problems;

/// <summary>
/// Answers every exception with a problem. It takes the place of the framework's exception handler because that one logs the exception's
/// message, and when the answer has begun the server logs it: a message may quote what was sent. Logged are types, SQL state and stack.
/// </summary>
internal sealed partial class Failures(RequestDelegate next, ILogger<Failures> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (BadHttpRequestException unreadable) when (!context.Response.HasStarted)
        {
            await Answer(context, UnreadableRequest.Explain(context, unreadable));
        }
        catch (KeysUnavailableException without) when (!context.Response.HasStarted)
        {
            WithoutKeys(without.Message);
            await Answer(context, Problem.Of(StatusCodes.Status503ServiceUnavailable, "keys-unavailable",
                "The keys that seal personal details cannot be had for the moment, so nothing was done. Send the same request again, with the same Idempotency-Key, in a few seconds."));
        }
#pragma warning disable CA1031 // The last resort of a request.
        catch (Exception failure)
#pragma warning restore CA1031
        {
            await Fail(context, failure);
        }
    }

    private async Task Fail(HttpContext context, Exception failure)
    {
        var chain = Chain(failure).ToList();
        var transient = chain.OfType<DbException>().Any(e => e.IsTransient);
        var types = string.Join(" <- ", chain.Select(e => e is DbException { SqlState: { } state } ? $"{e.GetType()} {state}" : $"{e.GetType()}"));
        Activity.Current?.SetStatus(ActivityStatusCode.Error);
        Activity.Current?.SetTag("error.type", failure.GetType().FullName);
        if (transient)
            Unavailable(types);
        else
            Failed(types, string.Join(" | ", chain.Select(e => e.StackTrace)));

        if (context.Response.HasStarted)
        {
            // Half an answer must not look like a whole one.
            context.Abort();
            return;
        }

        await Answer(context, StatusProblem.For(context, transient ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status500InternalServerError));
    }

    private static Task Answer(HttpContext context, ProblemHttpResult problem)
    {
        context.Response.Clear();
        if (problem.StatusCode == StatusCodes.Status503ServiceUnavailable)
            context.Response.Headers.RetryAfter = "5";
        return problem.ExecuteAsync(context);
    }

    private static IEnumerable<Exception> Chain(Exception failure)
    {
        for (var e = failure; e is not null; e = e.InnerException)
            yield return e;
    }

    [LoggerMessage(LogLevel.Error, "A request failed: {Types} at {Stack}")]
    private partial void Failed(string types, string stack);

    [LoggerMessage(LogLevel.Warning, "A request failed for want of keys: {Reason}")]
    private partial void WithoutKeys(string reason);

    [LoggerMessage(LogLevel.Warning, "A request failed for the moment: {Types}")]
    private partial void Unavailable(string types);
}
