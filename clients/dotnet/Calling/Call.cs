using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;

namespace SafeHarbor.Client;

/// <summary>One question or command, the same however often it is sent.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Path">Its path below the service's address.</param>
internal sealed record Call(HttpMethod Method, string Path)
{
    /// <summary>Parameters; those without a value are left out.</summary>
    public IReadOnlyList<(string Name, object? Value)> Query { get; init; } = [];

    /// <summary>What is sent; null when nothing is.</summary>
    public object? Body { get; init; }

    /// <summary>The command's key, where it takes one.</summary>
    public string? IdempotencyKey { get; init; }

    /// <summary>The version that a change is meant for.</summary>
    public int? Version { get; init; }

    /// <summary>Preferences (RFC 7240).</summary>
    public string? Prefer { get; init; }

    /// <summary>Why a report is read.</summary>
    public string? Purpose { get; init; }

    /// <summary>A key for a new command.</summary>
    public static string NewKey() => Guid.NewGuid().ToString();

    /// <summary>The call as a request, which can be sent once.</summary>
    public HttpRequestMessage ToRequest(Uri address, string token)
    {
        var parameters = Query.Where(one => one.Value is not null).Select(one => $"{one.Name}={Caller.Segment(one.Value)}");
        var request = new HttpRequestMessage(Method, new Uri(address, $"{Path}?{string.Join('&', parameters)}".TrimEnd('?')));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Add("Idempotency-Key", IdempotencyKey);
        Add("If-Match", Version is { } version ? string.Create(CultureInfo.InvariantCulture, $"\"{version}\"") : null);
        Add("Prefer", Prefer);
        Add("Purpose", Purpose);
        if (Body is not null)
            request.Content = JsonContent.Create(Body, Body.GetType(), options: Json.Options);
        return request;

        void Add(string name, string? value)
        {
            if (value is not null)
                request.Headers.Add(name, value);
        }
    }
}
