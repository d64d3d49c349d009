using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace SafeHarbor.Notification.Endpoints;

/// <summary>
/// What a test asks an endpoint to repeat, so that notices go only to who wants them: an address with a slip in it, or of somebody else, may answer 2xx to whatever comes and does not repeat it.
/// How long one may be repeated is ours.
/// </summary>
internal static class Challenge
{
    /// <summary>For so long somebody can repeat what the last test has sent.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromHours(24);

    /// <summary>How many characters of one are read.</summary>
    public const int Longest = 100;

    private const string Member = "challenge";
    private const int Size = 16;

    /// <summary>One that nobody can guess.</summary>
    public static string Make() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Size));

    /// <summary>What is kept of it.</summary>
    public static byte[] HashOf(string challenge) => SHA256.HashData(Encoding.UTF8.GetBytes(challenge));

    /// <summary>Whether an endpoint's answer repeats it: a JSON object with the member <c>challenge</c>.</summary>
    public static bool IsRepeated(string challenge, ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var json = JsonDocument.Parse(answer);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(Member, out var repeated)
                && repeated.ValueKind == JsonValueKind.String && repeated.ValueEquals(challenge);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
