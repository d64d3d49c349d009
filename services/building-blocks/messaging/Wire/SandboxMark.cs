using RabbitMQ.Client;

namespace SafeHarbor.Messaging.Wire;

/// <summary>The header by which every message of a sandbox says that it is of one.</summary>
internal static class SandboxMark
{
    private const string Header = "safeharbor-sandbox";

    public static void Put(Dictionary<string, object?> headers) => headers[Header] = true;

    public static bool IsOn(IReadOnlyBasicProperties? properties) => properties?.Headers is { } headers && headers.TryGetValue(Header, out var value) && value is true;
}

/// <summary>A message of a sandbox came to an installation that is none, or the other way round. Its name is what it is parked under.</summary>
internal sealed class OtherInstallationException(bool isSandbox) : Exception(isSandbox
    ? "The message is not marked as one of a sandbox, and this installation is a sandbox."
    : "The message is one of a sandbox, and this installation is none.")
{
    public const string Name = nameof(OtherInstallationException);
}
