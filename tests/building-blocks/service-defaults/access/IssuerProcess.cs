using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using SafeHarbor.Local;
using SafeHarbor.Local.Processes;
using SafeHarbor.ServiceDefaults.Access;

namespace SafeHarbor.ServiceDefaults.Tests.Access;

/// <summary>An OpenID Connect issuer (tests/issuer) as a process of its own, which can be killed and comes back at the same address with new keys.</summary>
internal sealed class IssuerProcess : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("safeharbor-issuer-");
    private readonly ServiceProcess _process;
    private readonly HttpClient _http = new();

    private IssuerProcess() => _process = new ServiceProcess(
        "issuer", Checkout.Find().BuiltAssembly("SafeHarbor.Issuer"), _directory.FullName, new Dictionary<string, string?>(), endsWithProgram: true);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>As tokens and settings name it.</summary>
    public string Name => _process.Address.ToString().TrimEnd('/');

    public static async Task<IssuerProcess> StartAsync()
    {
        var issuer = new IssuerProcess();
        await issuer.ComeBackAsync();
        return issuer;
    }

    /// <summary>A service that takes this issuer's tokens; <c>/v1/me</c> is the caller's organization.</summary>
    public Task<TestService> ServiceAsync(params (string Key, string? Value)[] settings) => TestService.Start(
        app => app.MapGet("/v1/me", (Caller caller) => caller.Organization.Text).RequireScope("encounters.read").Plain(),
        settings: [.. new (string Key, string? Value)[] { ("Authentication:Authority", Name), ("Authentication:DevelopmentKeyFile", null) }
            .Where(usual => settings.All(own => own.Key != usual.Key)), .. settings]);

    /// <summary>A token of an officer; members of <paramref name="claims"/> take the place of the usual ones.</summary>
    public async Task<string> TokenAsync(Dictionary<string, object?>? claims = null, string? kid = null)
    {
        var all = new Dictionary<string, object?> { ["sub"] = "officer-7", ["org"] = "le:CA0194200", ["scope"] = "encounters.read", ["aud"] = "safeharbor" };
        foreach (var (name, value) in claims ?? [])
            all[name] = value;
        using var answer = await _http.PostAsJsonAsync(At($"/token{(kid is null ? "" : $"?kid={kid}")}"), all, Cancellation);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(Cancellation);
    }

    /// <summary>Signs with a new key from now on; the earlier ones stay published.</summary>
    /// <returns>The new key's id.</returns>
    public async Task<string> RotateAsync()
    {
        using var answer = await _http.PostAsync(At("/rotate"), null, Cancellation);
        return await answer.Content.ReadAsStringAsync(Cancellation);
    }

    /// <summary>Publishes the key no more.</summary>
    public async Task WithdrawAsync(string kid)
    {
        using var answer = await _http.PostAsync(At($"/withdraw/{kid}"), null, Cancellation);
        answer.EnsureSuccessStatusCode();
    }

    public async Task<string> KeysAsync() => await _http.GetStringAsync(At("/keys"), Cancellation);

    /// <summary>How often the keys were fetched.</summary>
    public async Task<int> FetchesAsync() => await _http.GetFromJsonAsync<int>(At("/fetches"), Cancellation);

    public Task GoAwayAsync() => _process.KillAsync();

    public async Task ComeBackAsync()
    {
        await _process.StartAsync(Cancellation);
        await _process.WaitUntilReadyAsync(Cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        await _process.DisposeAsync();
        _http.Dispose();
        _directory.Delete(recursive: true);
    }

    private Uri At(string path) => new(_process.Address, path);
}
