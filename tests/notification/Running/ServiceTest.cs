using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Notification.Endpoints;
using SafeHarbor.ServiceDefaults.Sealing;

namespace SafeHarbor.Notification.Tests.Running;

/// <summary>A test with an installation and a receiver of its own.</summary>
public abstract class ServiceTest : IAsyncLifetime
{
    protected const string County = "county:06037";

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;
    protected Installation Installation { get; private set; } = null!;
    protected Receiver Receiver { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Installation = await Installation.CreateAsync(Cancellation);
        Receiver = await Receiver.StartAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await Installation.DisposeAsync();
        await Receiver.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected Task<WebApplication> StartAsync() => Installation.StartAsync(Cancellation);

    /// <summary>Registers an endpoint, takes it for confirmed although many are not there on purpose, and returns its id and secret.</summary>
    protected async Task<(Guid Id, string Secret)> RegisterAsync(WebApplication app, string url, string organization = County)
    {
        var registered = await RegisterUnconfirmedAsync(app, url, organization);
        await Installation.ExecuteAsync($"update endpoints set state = 'ENABLED', confirmed_at = now() where id = '{registered.Id}'", Cancellation);
        return registered;
    }

    /// <summary>Registers an endpoint and returns its id and secret.</summary>
    protected async Task<(Guid Id, string Secret)> RegisterUnconfirmedAsync(WebApplication app, string url, string organization = County)
    {
        using var client = Installation.Client(app, organization);
        using var response = await client.PostAsJsonAsync("/v1/endpoints", new { url }, Cancellation);
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync(Cancellation));
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(Cancellation);
        return (answer.GetProperty("endpointId").GetGuid(), answer.GetProperty("secret").GetString()!);
    }

    /// <summary>Leads an endpoint elsewhere, past what a registration would refuse.</summary>
    protected async Task LeadAsync(WebApplication app, Guid endpoint, string url)
    {
        var to = await EndpointUrl.SealAsync(url, endpoint, app.Services.GetRequiredService<Sealer>(), Cancellation);
        await Installation.ExecuteAsync(
            $"update endpoints set url_ciphertext = '\\x{Convert.ToHexString(to.Ciphertext)}', url_wrapped_key = '\\x{Convert.ToHexString(to.WrappedKey)}' where id = '{endpoint}'", Cancellation);
    }

    /// <summary>Waits until the notice has that state and the outbox is empty; returns what was reported about it.</summary>
    protected async Task<IReadOnlyList<Waiting>> OutcomeAsync(Guid notice, string state)
    {
        await Installation.EventuallyAsync($"select count(*) from notices where id = '{notice}' and state = '{state}'", 1L, Cancellation);
        await Installation.EventuallyAsync("select count(*) from outbox", 0L, Cancellation);
        return await Queues.ReportsAsync(Installation.Broker, notice, Cancellation);
    }

    /// <summary>The signature that Standard Webhooks asks for, made here once more.</summary>
    protected static string Expected(string secret, Received webhook)
    {
        using var hmac = new HMACSHA256(Convert.FromBase64String(secret["whsec_".Length..]));
        return "v1," + Convert.ToBase64String(hmac.ComputeHash(Encoding.UTF8.GetBytes($"{webhook.Id}.{webhook.Timestamp}.{webhook.Body}")));
    }
}
