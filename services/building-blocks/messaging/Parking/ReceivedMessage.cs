using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RabbitMQ.Client;

namespace SafeHarbor.Messaging.Parking;

/// <summary>A message as the broker delivered it, on its way to the parked ones: whatever is wrong with it, it is kept as it came.</summary>
internal static class ReceivedMessage
{
    private const int LongestError = 2000;

    public static ParkedRow ToParked(IReadOnlyBasicProperties? properties, byte[] body, string queue, string source, string errorType, string error)
    {
        var id = Guid.TryParse(properties?.MessageId, out var given) ? given : DeterministicId.Of(Guid.Empty, Convert.ToHexString(SHA256.HashData(body)));
        return new ParkedRow
        {
            MessageId = id,
            Destination = $"queue:{queue}",
            Type = properties?.Type ?? "",
            Body = body,
            OrderingKey = EncounterOf(body) ?? id,
            TraceParent = Header(properties, "MT-Activity-Id"),
            TimerToken = Guid.TryParse(Header(properties, "MT-Scheduling-TokenId"), out var token) ? token : null,
            SentAt = properties is not null && properties.IsTimestampPresent()
                ? DateTimeOffset.FromUnixTimeSeconds(Math.Clamp(properties.Timestamp.UnixTime, 0, 253_402_300_799))
                : DateTimeOffset.UnixEpoch,
            Source = source,
            ErrorType = errorType,
            Error = error.Length > LongestError ? error[..LongestError] : error,
        };
    }

    /// <summary>The encounter that a body is about, when it says so.</summary>
    public static Guid? EncounterOf(byte[] body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("encounterId", out var id)
                && id.ValueKind == JsonValueKind.String && id.TryGetGuid(out var encounter) ? encounter : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Header(IReadOnlyBasicProperties? properties, string name) =>
        properties?.Headers is { } headers && headers.TryGetValue(name, out var value)
            ? value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : Convert.ToString(value, CultureInfo.InvariantCulture)
            : null;
}
