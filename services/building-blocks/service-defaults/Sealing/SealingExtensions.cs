using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using SafeHarbor.ServiceDefaults.Hosting;

namespace SafeHarbor.ServiceDefaults.Sealing;

/// <summary>How a service gets its <see cref="Sealer"/>.</summary>
public static class SealingExtensions
{
    private const string KeyFile = "Sealing:KeyFile";

    /// <summary>
    /// The service does not start without <c>Sealing:KeyFile</c>. For services that seal; the others need not hold the operator's key, and a
    /// key file that is set is checked in any case.
    /// </summary>
    public static IServiceCollection RequireSealing(this IServiceCollection services)
    {
        services.AddStartCheck<SealingRequired>();
        return services;
    }

    internal static void AddSealing(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services => ReadKey(services.GetRequiredService<IConfiguration>()[KeyFile]));
        builder.Services.AddStartCheck<KeyFileReadable>();
    }

    private static Sealer ReadKey(string? file)
    {
        if (string.IsNullOrWhiteSpace(file))
            throw new StartRefusedException($"{KeyFile} is not set. Set it to a file with the base64 of 32 random bytes (openssl rand -base64 32).");

        byte[]? content = null;
        Span<byte> key = stackalloc byte[48];
        try
        {
            content = File.ReadAllBytes(file);
            var text = content.AsSpan().Trim(" \t\r\n"u8);
            if (System.Buffers.Text.Base64.DecodeFromUtf8(text, key, out _, out var size) == System.Buffers.OperationStatus.Done && size == 32)
                return new Sealer(key[..32]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{KeyFile} names '{file}', which cannot be read ({e.GetType().Name}). Check the path and who may read it.");
        }
        finally
        {
            CryptographicOperations.ZeroMemory(key);
            CryptographicOperations.ZeroMemory(content);
        }

        throw new StartRefusedException($"{KeyFile} names '{file}', which does not hold the base64 of 32 bytes. Make one with: openssl rand -base64 32.");
    }

    private sealed class KeyFileReadable(IConfiguration configuration, IServiceProvider services) : IStartCheck
    {
        public void Check()
        {
            if (!string.IsNullOrWhiteSpace(configuration[KeyFile]))
                services.GetRequiredService<Sealer>();
        }
    }

    private sealed class SealingRequired(IServiceProvider services) : IStartCheck
    {
        public void Check() => services.GetRequiredService<Sealer>();
    }
}
