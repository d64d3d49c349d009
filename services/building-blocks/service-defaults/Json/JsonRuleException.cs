using System.Text.Json;

namespace SafeHarbor.ServiceDefaults.Json;

/// <summary>
/// Thrown by a JSON converter when a value breaks a rule; the request is answered with a 400 problem that points to the value's place.
/// </summary>
/// <param name="code">Kebab-case, for programs.</param>
/// <param name="detail">What is wrong and what to do. Must not quote the value.</param>
/// <param name="below">JSON Pointer from the place that the converter reads to the value itself; usually empty.</param>
public sealed class JsonRuleException(string code, string detail, string below = "") : JsonException(detail)
{
    /// <summary>Kebab-case, for programs.</summary>
    public string Code => code;

    /// <summary>What is wrong and what to do; unlike the message, the serializer adds nothing to it.</summary>
    public string Rule { get; } = detail;

    /// <summary>JSON Pointer from the place that the converter reads to the value itself.</summary>
    public string Below => below;
}
