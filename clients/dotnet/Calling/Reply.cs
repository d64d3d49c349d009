using System.Net;
using System.Text.Json;

namespace SafeHarbor.Client;

/// <summary>What came back from one attempt, read to its end.</summary>
internal sealed record Reply(HttpStatusCode Status, byte[] Body, TimeSpan? RetryAfter, Problem? Problem)
{
    public bool IsSuccess => (int)Status is >= 200 and < 300;

    /// <summary>Reads an answer whole, so that a connection that breaks in the middle is an attempt that failed.</summary>
    public static async Task<Reply> ReadAsync(HttpResponseMessage answer, TimeProvider time, CancellationToken cancellation)
    {
        var body = await answer.Content.ReadAsByteArrayAsync(cancellation).ConfigureAwait(false);
        var retryAfter = answer.Headers.RetryAfter;
        return new(
            answer.StatusCode,
            body,
            retryAfter?.Delta ?? (retryAfter?.Date is { } date ? TimeSpan.FromTicks(Math.Max(0, (date - time.GetUtcNow()).Ticks)) : null),
            answer.IsSuccessStatusCode ? null : ProblemOf(answer, body));
    }

    /// <summary>The answer's body.</summary>
    /// <exception cref="AnswerNotReadException">It is not what this version of the client knows.</exception>
    public T As<T>(Call call)
    {
        try
        {
            return JsonSerializer.Deserialize<T>(Body, Json.Options) ?? throw new JsonException("null");
        }
        catch (JsonException e)
        {
            throw new AnswerNotReadException(call.IdempotencyKey, e);
        }
    }

    // What stands between client and service answers in forms of its own.
    private static Problem ProblemOf(HttpResponseMessage answer, byte[] body)
    {
        try
        {
            if (answer.Content.Headers.ContentType?.MediaType == "application/problem+json" && JsonSerializer.Deserialize<Problem>(body, Json.Options) is { } problem)
                return problem;
        }
        catch (JsonException)
        {
        }
        return new()
        {
            Type = "about:blank",
            Title = answer.ReasonPhrase ?? answer.StatusCode.ToString(),
            Status = (int)answer.StatusCode,
            Detail = "This is no answer of a SafeHarbor service. Check the address, and what stands between.",
        };
    }
}
