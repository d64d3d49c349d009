using System.Net;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace SafeHarbor.Client;

/// <summary>
/// What is sent again. Every operation of the services may be: a question changes nothing, and a command has a key, or the service says that it is done once
/// however often it comes. A change with <c>If-Match</c> is the exception: its repetition would be refused because of its own first effect.
/// </summary>
internal static class Repeating
{
    public static readonly ResiliencePropertyKey<Call> Call = new("call");

    private static readonly HashSet<HttpStatusCode> Passing =
        [HttpStatusCode.RequestTimeout, HttpStatusCode.TooManyRequests, HttpStatusCode.BadGateway, HttpStatusCode.ServiceUnavailable, HttpStatusCode.GatewayTimeout];

    public static ResiliencePipeline<Reply> Pipeline(CallSettings settings)
    {
        var pipeline = new ResiliencePipelineBuilder<Reply> { TimeProvider = settings.Time };
        if (settings.Repetitions > 0)
        {
            pipeline.AddRetry(new RetryStrategyOptions<Reply>
            {
                MaxRetryAttempts = settings.Repetitions,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = settings.FirstWait,
                MaxDelay = settings.LongestWait,
                DelayGenerator = attempt => ValueTask.FromResult(attempt.Outcome.Result?.RetryAfter),
                ShouldHandle = attempt => ValueTask.FromResult(MayRepeat(attempt.Context.Properties.GetValue(Call, null!), attempt.Outcome, settings.LongestWait)),
            });
        }
        return pipeline.AddTimeout(new TimeoutStrategyOptions { Timeout = settings.Patience }).Build();
    }

    /// <summary>Whether an attempt ended without an answer, so that nobody knows whether the call was done.</summary>
    public static bool IsNoAnswer(Exception? failure) => failure
        is TimeoutRejectedException or TaskCanceledException { InnerException: TimeoutException } or IOException
        or HttpRequestException { HttpRequestError: not HttpRequestError.SecureConnectionError };

    private static bool MayRepeat(Call call, Outcome<Reply> outcome, TimeSpan longestWait)
    {
        if (outcome.Result is not { } reply)
            return call.Version is null && IsNoAnswer(outcome.Exception);
        if (reply.RetryAfter > longestWait)
            return false;
        return call.Version is null
            ? Passing.Contains(reply.Status) || reply.Problem?.Name == "still-running"
            : reply.Status == HttpStatusCode.TooManyRequests;
    }
}
