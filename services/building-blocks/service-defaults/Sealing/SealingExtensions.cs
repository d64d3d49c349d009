using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>How a service gets its <see cref="IKeyEncryption"/> and <see cref="Sealer"/>.</summary>
public static class SealingExtensions
{
    private const string KeyFile = "Sealing:KeyFile";
    private const string Key = "Sealing:Key";

    /// <summary>
    /// The service does not start without a key-encryption key. For services that seal; the others need not hold any, and one that is set is checked in
    /// any case. Who holds one leaves no dumps.
    /// </summary>
    public static IServiceCollection RequireSealing(this IServiceCollection services)
    {
        services.AddStartCheck<SealingRequired>();
        return services;
    }

    internal static void AddSealing(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(Choose);
        builder.Services.AddSingleton<Sealer>();
        // Before any key is in memory.
        builder.Services.AddStartCheck<NoDumps>();
        builder.Services.AddStartCheck<SealingReadable>();
    }

    internal static bool IsSet(IConfiguration configuration) =>
        new[] { KeyFile, Key, VaultSettings.AddressKey }.Any(setting => !string.IsNullOrWhiteSpace(configuration[setting]));

    private static IKeyEncryption Choose(IServiceProvider services)
    {
        var configuration = services.GetRequiredService<IConfiguration>();
        var (file, key, vault) = (configuration[KeyFile], configuration[Key], configuration[VaultSettings.AddressKey]);
        if (new[] { file, key, vault }.Count(setting => !string.IsNullOrWhiteSpace(setting)) > 1)
            throw new StartRefusedException($"Set one of {KeyFile}, {Key} and {VaultSettings.AddressKey}: which of them wraps must be plain.");
        var (environment, time) = (services.GetRequiredService<IHostEnvironment>(), services.GetRequiredService<TimeProvider>());
        if (!string.IsNullOrWhiteSpace(vault))
            return new VaultKeyEncryption(VaultSettings.Read(configuration, environment));
        var log = services.GetRequiredService<ILogger<FileKeyEncryption>>();
        if (!string.IsNullOrWhiteSpace(file))
            return new FileKeyEncryption($"{KeyFile} ('{file}')", file, text: null, environment.IsDevelopment(), time, log);
        if (!string.IsNullOrWhiteSpace(key))
            return new FileKeyEncryption(Key, file: null, Encoding.UTF8.GetBytes(key), environment.IsDevelopment(), time, log);
        throw new StartRefusedException(
            $"{KeyFile} is not set. Set it to a file with the base64 of 32 random bytes (openssl rand -base64 32), or {Key} to that, or {VaultSettings.AddressKey} to a key server.");
    }

    private sealed class SealingReadable(IConfiguration configuration, IServiceProvider services) : IStartCheck
    {
        public void Check()
        {
            if (IsSet(configuration))
                services.GetRequiredService<IKeyEncryption>();
        }
    }

    private sealed class SealingRequired(IServiceProvider services) : IStartCheck
    {
        public void Check() => services.GetRequiredService<IKeyEncryption>();
    }
}
