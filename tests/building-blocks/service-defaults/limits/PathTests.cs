using Microsoft.AspNetCore.Builder;

namespace SafeHarbor.ServiceDefaults.Tests.Limits;

/// <summary>A path names a route and its values, never a file, however it is written.</summary>
public sealed class PathTests
{
    [Theory]
    [InlineData("/v1/providers/../../../../etc/passwd")]
    [InlineData("/v1/providers/..%2f..%2f..%2fetc%2fpasswd")]
    [InlineData("/v1/providers/%2e%2e/%2e%2e/%2e%2e/etc/passwd")]
    [InlineData("/v1/providers/..%5c..%5cetc%5cpasswd")]
    [InlineData("/v1/providers/..%252f..%252fetc%252fpasswd")]
    [InlineData("/v1/providers/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd")]
    [InlineData("//etc/passwd")]
    [InlineData("/appsettings.json")]
    [InlineData("/v1/..;/appsettings.json")]
    [InlineData("/health/../appsettings.json")]
    public async Task No_spelling_of_a_path_leads_out_of_the_routes(string path)
    {
        await using var service = await TestService.Start(app => app.MapGet("/v1/providers/{slug}", (string slug) => $"slug={slug}").AllowAnonymous());

        var answer = await RawConnection.ExchangeAsync(service, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");

        (answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal) || answer.StartsWith("HTTP/1.1 400", StringComparison.Ordinal) || answer.Contains("slug=", StringComparison.Ordinal))
            .ShouldBeTrue(answer);
        answer.ShouldNotContain("root:");
        service.Log.Text.ShouldNotContain("Error ", Case.Sensitive);
    }
}
