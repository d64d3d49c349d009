using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;

namespace SafeHarbor.ServiceDefaults.Hosting;

/// <summary>
/// Secrets come from the environment, the command line or a file each, never from <c>appsettings.json</c> or another file of settings: such files
/// are copied, mailed and committed.
/// </summary>
internal static partial class Secrets
{
    private const string Directory = "SafeHarbor:SecretsDirectory";

    /// <summary>
    /// Adds the files of <c>SafeHarbor:SecretsDirectory</c> (as an orchestrator mounts them: <c>/run/secrets</c>) as settings that win over all
    /// others; a file's name is the setting's, with <c>__</c> for the colon: <c>ConnectionStrings__Database</c>.
    /// </summary>
    public static void AddSecrets(this WebApplicationBuilder builder)
    {
        if (builder.Configuration[Directory] is { Length: > 0 } directory)
        {
            if (!System.IO.Directory.Exists(directory))
                throw new StartRefusedException($"{Directory} names '{directory}', which is no directory. Correct or remove it.");
            builder.Configuration.AddKeyPerFile(Path.GetFullPath(directory), optional: false);
        }

        builder.Services.AddStartCheck<NoneInSettingsFiles>();
    }

    // By its name or by what it holds.
    private static bool IsSecret(string key, string value) =>
        value.Length > 0 && (SecretName().IsMatch(key) || Credentials().IsMatch(value));

    // Not what names a file or a directory: where a secret is may be known.
    [GeneratedRegex(
        "(Keys?|Secrets?|Tokens?|Passwords?|Passphrase|Pwd|OTLP_HEADERS)(:(?![^:]*(File|Path|Directory|Id)\\z)[^:]+)?\\z",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex SecretName();

    // A connection string with a password, an address with a user's, a private key.
    [GeneratedRegex(
        "(\\A|;)\\s*(Password|Pwd|Passphrase)\\s*=\\s*[^;\\s]|://[^/@\\s:]*:[^/@\\s]+@|PRIVATE KEY-----",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Credentials();

    private sealed class NoneInSettingsFiles(IConfiguration configuration) : IStartCheck
    {
        public void Check()
        {
            var found = FilesOf((IConfigurationRoot)configuration)
                .SelectMany(file => KeysOf(file, null).Where(key => file.TryGet(key, out var value) && IsSecret(key, value ?? "")).Select(key => $"{key} in {file.Source.Path}"))
                .ToList();
            if (found.Count > 0)
            {
                throw new StartRefusedException(
                    $"Secrets must not be in a file of settings: {string.Join(", ", found)}. Remove them there, replace them where they are valid (somebody may have read them), "
                    + $"and give them as environment variables or as files in {Directory}.");
            }
        }

        private static IEnumerable<FileConfigurationProvider> FilesOf(IConfigurationRoot root) => root.Providers.SelectMany(provider => provider switch
        {
            FileConfigurationProvider file => [file],
            ChainedConfigurationProvider { Configuration: IConfigurationRoot inner } => FilesOf(inner),
            _ => [],
        });

        private static IEnumerable<string> KeysOf(IConfigurationProvider provider, string? parent)
        {
            foreach (var child in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
            {
                var key = parent is null ? child : ConfigurationPath.Combine(parent, child);
                yield return key;
                foreach (var below in KeysOf(provider, key))
                    yield return below;
            }
        }
    }
}
