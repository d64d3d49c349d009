using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using SafeHarbor.CaseServices.Providers;
using SafeHarbor.CaseServices.Storage;
using SafeHarbor.Messaging.Handling;
using SafeHarbor.Messaging.Storage;
using SafeHarbor.TestServers;

namespace SafeHarbor.CaseServices.Tests;

/// <summary>An instance of the whole service in this process, over a database and a virtual host that are a test's own.</summary>
internal sealed class Instance(TestDatabase database, string broker, Tokens tokens, bool sampleData = false) : WebApplicationFactory<CaseServicesDb>
{
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Database", database.ServiceConnectionString);
        builder.UseSetting("ConnectionStrings:Broker", broker);
        builder.UseSetting("Authentication:DevelopmentKeyFile", tokens.PublicKeyFile);
        builder.UseSetting("SafeHarbor:SampleData", sampleData ? "true" : "false");
        builder.ConfigureLogging(log => log.ClearProviders());
    }

    public UnitStore Store => Services.GetRequiredService<UnitStore>();
    public ProviderDirectory Directory => Services.GetRequiredService<ProviderDirectory>();

    /// <summary>Publishes a message as another service would; the same id again is the same message again.</summary>
    public async Task PublishAsync<T>(T message, Guid? messageId = null) where T : class
    {
        var unit = new UnitOfWork();
        unit.Publish(message, messageId);
        (await Store.CommitAsync(unit, TestContext.Current.CancellationToken)).ShouldBeNull();
    }

    /// <summary>Sends a request and reads the answer's JSON.</summary>
    public async Task<(int Status, JsonElement Body, string? ETag)> SendAsync(HttpMethod method, string path, string organization, string scope, object? body = null,
        params (string Name, string Value)[] headers)
    {
        using var client = CreateClient();
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", tokens.Issue(organization, scope));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, JsonDocument.Parse(text.Length > 0 ? text : "null").RootElement, answer.Headers.ETag?.Tag);
    }

    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var owner = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = owner.CreateCommand(sql);
        return (T)Convert.ChangeType((await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, typeof(T), CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a condition holds; fails after 30 s with what it was.</summary>
    public static async Task EventuallyAsync(Func<Task<bool>> holds, string what)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!await holds())
        {
            if (DateTime.UtcNow > deadline)
                Assert.Fail($"Not within 30 s: {what}.");
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
