using Microsoft.AspNetCore.Builder;

namespace SafeHarbor.ServiceDefaults.Tests.Problems;

internal static class FailingEndpoint
{
    public static void MapGetThatFails(this WebApplication app, string path, string message) =>
        app.MapGet(path, string () => throw new InvalidOperationException(message)).AllowAnonymous();
}
