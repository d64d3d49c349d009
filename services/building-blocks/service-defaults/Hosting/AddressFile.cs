using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>
/// Writes the address at which the service listens into <c>SafeHarbor:AddressFile</c> once it does, so that port 0 can be used. Whoever waits
/// for the file never sees half of it: it is written beside and renamed.
/// </summary>
internal sealed partial class AddressFile(ServiceName service, IServer server, IConfiguration configuration, ILogger<AddressFile> log)
    : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        if (ListeningAddress.Of(server) is not { } address)
            return;
        Listens(service.Text, address);
        if (configuration["SafeHarbor:AddressFile"] is not { Length: > 0 } file)
            return;

        var beside = $"{file}.{Environment.ProcessId}.tmp";
        await File.WriteAllTextAsync(beside, address + "\n", cancellationToken);
        File.Move(beside, file, overwrite: true);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "{Service} listens at {Address}")]
    private partial void Listens(string service, string address);
}
