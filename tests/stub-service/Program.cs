using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

// Behaves towards the launcher as a service does, and does nothing else.
if (args is ["migrate"])
    return Environment.GetEnvironmentVariable("STUB_MIGRATION_FAILS") is null ? 0 : 1;

if (Environment.GetEnvironmentVariable("STUB_FAILS") is { } reason)
{
    Console.WriteLine(reason);
    return 1;
}

var app = WebApplication.CreateBuilder(args).Build();
app.MapGet("/health/ready", () => Environment.ProcessId);
await app.StartAsync();
await File.WriteAllTextAsync(app.Configuration["SafeHarbor:AddressFile"]!, app.Urls.First());
await app.WaitForShutdownAsync();
return 0;
