using System.Globalization;
using System.Net;
using Polly;

namespace SafeHarbor.Client;

/// <summary>Sends calls until there is an answer that settles them.</summary>
internal sealed class Caller
{
    private readonly Uri _address;
    private readonly ITokenSource _tokens;
    private readonly CallSettings _settings;
    private readonly ResiliencePipeline<Reply> _attempts;

    public Caller(Uri address, ITokenSource tokens, CallSettings settings)
    {
        if (address.Scheme != Uri.UriSchemeHttps && !(address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            throw new ArgumentException("Give an address with https: tokens and reports are not sent over a network in clear text.", nameof(address));
        _address = address.AbsoluteUri.EndsWith('/') ? address : new Uri(address.AbsoluteUri + "/");
        (_tokens, _settings, _attempts) = (tokens, settings, Repeating.Pipeline(settings));
    }

    public TimeProvider Time => _settings.Time;

    /// <summary>A value as it stands in an address.</summary>
    public static string Segment(object? value) => Uri.EscapeDataString(value switch
    {
        DateTimeOffset or DateOnly => string.Create(CultureInfo.InvariantCulture, $"{value:O}"),
        bool flag => flag ? "true" : "false",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    });

    public async Task<T> SendAsync<T>(Call call, CancellationToken cancellation) => (await SettleAsync(call, cancellation).ConfigureAwait(false)).As<T>(call);

    public async Task SendAsync(Call call, CancellationToken cancellation) => await SettleAsync(call, cancellation).ConfigureAwait(false);

    private async Task<Reply> SettleAsync(Call call, CancellationToken cancellation)
    {
        var sent = 0;
        var context = ResilienceContextPool.Shared.Get(cancellation);
        context.Properties.Set(Repeating.Call, call);
        try
        {
            var reply = await _attempts.ExecuteAsync(async inner =>
            {
                sent++;
                return await AttemptAsync(call, inner.CancellationToken).ConfigureAwait(false);
            }, context).ConfigureAwait(false);
            // What is gone after a repetition may have been deleted by the first, whose answer was lost.
            if (reply.IsSuccess || (call.Method == HttpMethod.Delete && reply.Status == HttpStatusCode.NotFound && sent > 1))
                return reply;
            throw new ProblemException(reply.Problem!, reply.RetryAfter, call.IdempotencyKey);
        }
        catch (Exception e) when (Repeating.IsNoAnswer(e))
        {
            cancellation.ThrowIfCancellationRequested();
            throw new NotAnsweredException(call.IdempotencyKey, sent, e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async Task<Reply> AttemptAsync(Call call, CancellationToken cancellation)
    {
        var token = await _tokens.GetAsync(null, cancellation).ConfigureAwait(false);
        var reply = await OnceAsync(call, token, cancellation).ConfigureAwait(false);
        if (reply.Status != HttpStatusCode.Unauthorized)
            return reply;
        var renewed = await _tokens.GetAsync(token, cancellation).ConfigureAwait(false);
        return renewed == token ? reply : await OnceAsync(call, renewed, cancellation).ConfigureAwait(false);
    }

    private async Task<Reply> OnceAsync(Call call, string token, CancellationToken cancellation)
    {
        using var request = call.ToRequest(_address, token);
        using var answer = await _settings.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
        return await Reply.ReadAsync(answer, Time, cancellation).ConfigureAwait(false);
    }
}
