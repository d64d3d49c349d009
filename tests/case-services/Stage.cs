using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests;

/// <summary>Real servers, a migrated database and one running instance for a test; what the tests of offers and of the directory have in common.</summary>
public abstract class Stage : IAsyncLifetime
{
    private readonly List<Instance> _instances = [];
    private readonly Tokens _tokens = new();
    private TestBroker _broker = null!;

    private protected TestDatabase Database { get; private set; } = null!;
    private protected Instance Service => _instances[0];
    private protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Database = await TestDatabase.MigratedAsync<CaseServicesDb>(Cancellation);
        _broker = await TestBroker.DeclaredAsync(Cancellation);
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var instance in _instances)
            await instance.DisposeAsync();
        await _broker.DisposeAsync();
        await Database.DisposeAsync();
        _tokens.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected CaseServicesDb Db() => new(new DbContextOptionsBuilder<CaseServicesDb>().UseNpgsql(Database.ConnectionString).Options);

    private protected async Task<Instance> StartAsync(bool sampleData = false)
    {
        var instance = new Instance(Database, _broker.Address, _tokens, sampleData);
        _instances.Add(instance);
        _ = instance.Services;
        await Instance.EventuallyAsync(() => Task.FromResult(instance.Directory.IsLoaded), "the directory is loaded");
        return instance;
    }

    private protected string TokenOf(string organization, string scopes) => _tokens.Issue(organization, scopes);

    /// <summary>Puts providers into the directory and waits until they can be ranked.</summary>
    private protected async Task ListAsync(params Provider[] providers)
    {
        var unit = new UnitOfWork();
        foreach (var provider in providers)
            unit.Put(ProviderRow.New(provider, by: null, DateTimeOffset.UtcNow));
        (await Service.Store.CommitAsync(unit, Cancellation)).ShouldBeNull();
        await Instance.EventuallyAsync(() => Task.FromResult(providers.All(p => Service.Directory.Listed.Any(l => l.Provider.Slug == p.Slug))), "they are listed");
    }

    /// <summary>The bodies of what waits in another service's queue.</summary>
    private protected async Task<IReadOnlyList<JsonElement>> PeekAsync(string queue)
    {
        var management = new Uri(_broker.Management);
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post,
            new Uri(new Uri(management.GetLeftPart(UriPartial.Authority)), $"/api/queues/{Uri.EscapeDataString(_broker.VirtualHostName)}/{queue}/get"))
        {
            Content = JsonContent.Create(new { count = 100, ackmode = "ack_requeue_true", encoding = "auto" }),
        };
        request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(Uri.UnescapeDataString(management.UserInfo))));
        using var response = await http.SendAsync(request, Cancellation);
        if (!response.IsSuccessStatusCode)
            return [];
        var messages = await response.Content.ReadFromJsonAsync<JsonElement[]>(Cancellation);
        return [.. messages!.Select(m => JsonDocument.Parse(m.GetProperty("payload").GetString()!).RootElement)];
    }
}
