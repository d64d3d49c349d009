using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.Notification.Storage;
using SafeHarbor.Notification.Tests.Running;
using SafeHarbor.TestServers;

namespace SafeHarbor.Notification.Tests.Storage;

public sealed class SchemaTests : ServiceTest
{
    [Fact]
    public async Task The_migrated_database_is_what_the_model_says()
    {
        var app = await StartAsync();
        await using var scope = app.Services.CreateAsyncScope();

        var differences = await SchemaCheck.DifferencesAsync(scope.ServiceProvider.GetRequiredService<NotificationDb>(), Installation.Database, Cancellation);

        differences.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_api_document_describes_every_route()
    {
        var app = await StartAsync();
        using var client = Installation.Client(app, County);

        var document = await client.GetStringAsync("/openapi/v1.json", Cancellation);

        foreach (var path in new[] { "/v1/endpoints", "/v1/endpoints/{endpointId}/rotate-secret", "/v1/endpoints/{endpointId}/recover", "/v1/notices/{noticeId}/resend", "/v1/feed" })
            document.ShouldContain($"\"{path}\"");
    }
}
