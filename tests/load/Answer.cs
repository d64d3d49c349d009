using System.Text.Json;

namespace SafeHarbor.Load;

/// <summary>What a service answered in the end.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">As it came.</param>
/// <param name="Attempts">How often the request was sent.</param>
/// <param name="At">When the answer was complete, as a timestamp of <see cref="System.Diagnostics.Stopwatch"/>.</param>
public sealed record Answer(int Status, byte[] Body, int Attempts, long At)
{
    public bool IsSuccess => Status is >= 200 and < 300;

    public JsonElement Json => Body.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(Body);

    public string Text => System.Text.Encoding.UTF8.GetString(Body);
}
