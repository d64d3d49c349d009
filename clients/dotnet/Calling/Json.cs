using System.Text.Json;
using System.Text.Json.Serialization;

namespace SafeHarbor.Client;

/// <summary>How bodies are written and read: what is null is left out, what is not known here is passed over, what was promised has to be there.</summary>
internal static class Json
{
    public static readonly JsonSerializerOptions Options = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, RespectNullableAnnotations = true };
}
